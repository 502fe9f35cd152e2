import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { Files, fileReply } from '#files'
import {
  CurrentVisit,
  CurrentVisitor,
  Database,
  type Download,
  type FieldError,
  isId,
  type Page,
  parseForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visit,
  type Visitor,
} from '#platform'
import { InterventionActs } from '../acting.service.js'
import { Interventions, isVisible, type KnownCase } from '../interventions.service.js'
import type { Act } from '../rules/steps.js'
import { readEventFiles } from '../store/case.store.js'
import { ActPage } from './act-page.js'
import { actOf } from './act-words.js'
import { CasePage } from './case-page.js'
import { actForm, CASE_UPLOADS, errorsOf } from './forms.js'

/** One case: reading it with its files, and everything that is done in it. */
@Controller('ingrepen/:id')
export class ActsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Files) private readonly files: Files,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(InterventionActs) private readonly acts: InterventionActs,
    @Inject(CasePage) private readonly casePage: CasePage,
    @Inject(ActPage) private readonly actPage: ActPage,
  ) {}

  @Get()
  async show(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Query('vastgelegd') done?: string,
  ): Promise<Page> {
    const justDone = /^\d{1,4}$/.test(done ?? '') ? Number(done) : null
    return this.casePage.show(lang, visitor, await this.find(id, visitor), justDone)
  }

  @Get('bijlagen/:bestand')
  async file(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('bestand') fileId: string,
  ): Promise<Download> {
    const known = await this.find(id, visitor)
    const own = await readEventFiles(this.database.read, known.id)
    const file = own.some((one) => one.fileId === fileId) ? await this.files.read(fileId) : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  @Get('stap/:stap')
  async prepare(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('stap') step: string,
  ): Promise<Page> {
    return this.actPage.show(visit, await this.find(id, visit.visitor), known(step))
  }

  /** Takes the work over, which binds the cooperative, in a session that began a moment ago. A repeat changes nothing. */
  @Post('stap/overname')
  @TakesFiles(CASE_UPLOADS)
  async takeOver(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.does(visit, id, 'confirmTakeover', body)
  }

  /** Does any other thing. The form carries what its page showed: sent twice, it is done once. */
  @Post('stap/:stap')
  @TakesFiles(CASE_UPLOADS)
  async act(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('stap') step: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.does(visit, id, known(step), body)
  }

  private async does(visit: Visit, id: string, act: Act, body: unknown): Promise<Page | SeeOther> {
    const { visitor } = visit
    const found = await this.find(id, visitor)
    const refuse = async (errors: readonly FieldError[]) =>
      this.actPage.show(visit, await this.find(id, visitor), act, { typed: typedFields(body), errors })
    const form = parseForm(actForm, body)
    if (!form.ok) return refuse(form.errors)
    const { gezien: seen, reden: reason, dag: day, tijd: meetsAt, vergadering: assemblyId } = form.value
    const asked = { act, seen, reason, meetsOn: day, meetsAt, dueOn: day, assemblyId }
    let number: number
    try {
      number = await this.acts.act(found.id, asked, uploadsOf(body, 'bestanden'), visitor)
    } catch (error) {
      return refuse(errorsOf(error))
    }
    return seeOther(`/ingrepen/${found.id}?vastgelegd=${number}`)
  }

  /** @throws NotFoundException also for who may not read it: that it exists is no one else's business. */
  private async find(id: string, visitor: Visitor): Promise<KnownCase> {
    const found = isId(id) ? await this.interventions.find(id) : null
    if (!found || !isVisible(visitor, found)) throw new NotFoundException()
    return found
  }
}

function known(slug: string): Act {
  const act = actOf(slug)
  if (!act) throw new NotFoundException()
  return act
}
