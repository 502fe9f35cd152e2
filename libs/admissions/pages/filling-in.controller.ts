import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { fileReply } from '#files'
import {
  type Download,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
} from '#platform'
import { Applying } from '../applying.service.js'
import { Evidence, type GivenEvidence } from '../evidence.service.js'
import { ResumeLinks } from '../resume-links.js'
import { mayAct } from '../rules/application-state.js'
import { evidenceField, evidenceLimits } from '../rules/evidence.js'
import { isStep, nextStep } from '../rules/steps.js'
import type { ApplicationRecord } from '../store/application-records.js'
import { FillingInPage } from './filling-in-page.js'

/** The applicant's own pages, for who has the mailed link: fill in step by step, send, answer, withdraw. */
@Controller('aanmelden/:sleutel')
export class FillingInController {
  constructor(
    @Inject(Applying) private readonly applying: Applying,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(ResumeLinks) private readonly links: ResumeLinks,
    @Inject(FillingInPage) private readonly pages: FillingInPage,
  ) {}

  /** How it stands: what is still to do, or what was received and what happens next. */
  @Get()
  async status(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Query('bewaard') saved?: string,
  ): Promise<Page> {
    return this.pages.status(lang, key, await this.find(key), saved === '1')
  }

  @Get(':stap')
  async step(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Param('stap') step: string,
    @Query('begonnen') started?: string,
  ): Promise<Page | SeeOther> {
    const application = await this.find(key)
    if (!isStep(step)) throw new NotFoundException()
    if (!mayAct(application.state, 'submit')) return seeOther(`/aanmelden/${key}`)
    return this.pages.step(lang, key, application, step, { justStarted: started === '1' })
  }

  /** Sends the application. Sent again, it leads to the same confirmation. */
  @Post('versies')
  async submit(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const application = await this.find(key)
    const typed = typedFields(body)
    const violations = await this.applying.submit(application.id, typed.antwoord ?? '')
    if (violations.length === 0) return seeOther(`/aanmelden/${key}`)
    return this.pages.step(lang, key, application, 'controle', { violations, typed })
  }

  /** Withdraws the application. A repeat changes nothing. */
  @Post('intrekking')
  async withdraw(@Param('sleutel') key: string): Promise<SeeOther> {
    await this.applying.withdraw((await this.find(key)).id)
    return seeOther(`/aanmelden/${key}`)
  }

  /** A file of the own application. */
  @Get('bewijs/:bestand')
  async file(@Param('sleutel') key: string, @Param('bestand') fileId: string): Promise<Download> {
    const { id } = await this.find(key)
    const file = isId(fileId) ? await this.evidence.read(id, fileId, 'applicant') : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  /**
   * Keeps what is said of the criteria, adds the files that were chosen and takes one out. A repeat keeps the
   * same: a file that is there already is not added again.
   */
  @Post('criteria')
  @TakesFiles({
    maxFileBytes: evidenceLimits.maxFileBytes,
    maxFormBytes: evidenceLimits.maxBytes,
    maxFiles: 20,
  })
  async saveCriteria(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { id } = await this.find(key)
    const typed = typedFields(body)
    const unfinished = await this.applying.saveStep(id, 'criteria', typed)
    const refused = await this.evidence.add(id, chosenFiles(body), request.ip)
    const [criterion, fileId] = (typed.verwijder ?? typed.toevoegen ?? '').split('.')
    if (isId(fileId)) await this.evidence.remove(id, fileId)
    const stays = Boolean(criterion)
    const violations = [...refused, ...(stays || typed.later ? [] : unfinished)]
    if (violations.length > 0)
      return this.pages.step(lang, key, await this.find(key), 'criteria', { violations })
    if (stays) return seeOther(`/aanmelden/${key}/criteria#voorwaarde-${encodeURIComponent(criterion!)}`)
    return seeOther(typed.later ? `/aanmelden/${key}?bewaard=1` : `/aanmelden/${key}/${nextStep('criteria')}`)
  }

  /** Keeps a step as typed, and goes on when it is complete. A repeat keeps the same. */
  @Post(':stap')
  async save(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Param('stap') step: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { id } = await this.find(key)
    if (!isStep(step) || step === 'controle') throw new NotFoundException()
    const typed = typedFields(body)
    const violations = await this.applying.saveStep(id, step, typed)
    if (typed.later) return seeOther(`/aanmelden/${key}?bewaard=1`)
    if (violations.length === 0) return seeOther(`/aanmelden/${key}/${nextStep(step)}`)
    return this.pages.step(lang, key, await this.find(key), step, { violations })
  }

  private async find(key: string): Promise<ApplicationRecord> {
    const id = await this.links.idOf(key)
    const application = id && (await this.applying.find(id))
    if (!application) throw new NotFoundException()
    return application
  }
}

/** The files that were chosen, by the criterion that they are for. */
function chosenFiles(body: unknown): GivenEvidence[] {
  const fields = Object.keys((body ?? {}) as object).filter((field) =>
    /^bewijs\.[a-z0-9-]{1,60}$/.test(field),
  )
  return fields.flatMap((field) => {
    const criterion = field.slice(evidenceField('').length)
    return uploadsOf(body, field).map((upload) => ({ criterion, upload }))
  })
}
