import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { fileReply } from '#files'
import { dayOf, RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  type Download,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Admissions, type ApplicationFile } from '../admissions.service.js'
import { Assessing } from '../assessing.service.js'
import { Deciding } from '../deciding.service.js'
import { Evidence } from '../evidence.service.js'
import { readAssessment } from './assessment-form.js'
import { FilePage, type RefusedForm } from './file-page.js'
import { stateTone } from './state-tone.js'

const DONE: Record<string, string> = { bewaard: 'kept', beoordeeld: 'assessed', voorgelegd: 'put' }

/** Who assesses and decides: the list of applications, and one with its checklist. */
@Controller('aanmeldingen')
export class ApplicationsController {
  constructor(
    @Inject(Admissions) private readonly admissions: Admissions,
    @Inject(Assessing) private readonly assessing: Assessing,
    @Inject(Deciding) private readonly deciding: Deciding,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(FilePage) private readonly files: FilePage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Lang() lang: Language): Promise<Page> {
    const text = (key: string) => this.messages.text(lang, `admissions.${key}`)
    const applications = await this.admissions.submitted()
    return page('libs/admissions/pages/views/list.hbs', {
      title: text('list.title'),
      columns: [
        { label: text('list.name') },
        { label: text('list.reference') },
        { label: text('list.kind') },
        { label: text('list.received'), kind: 'day' },
        { label: text('list.state') },
      ],
      rows: applications.map(({ id, reference, state, versions }) => {
        const { content, submittedAt } = versions[0]!
        return [
          { value: content.organisation.name, href: `/aanmeldingen/${id}` },
          reference,
          text(`kinds.${content.kind}`),
          dayOf(submittedAt),
          { value: text(`states.${state}`), tone: stateTone(state) },
        ]
      }),
    })
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query('gedaan') done?: string,
  ): Promise<Page> {
    return this.files.build(lang, visitor, await this.find(id), null, DONE[done ?? ''] ?? null)
  }

  /** A file that was sent with an application. */
  @Get(':id/bewijs/:bestand')
  async file(@Param('id') id: string, @Param('bestand') fileId: string): Promise<Download> {
    const file = isId(id) && isId(fileId) ? await this.evidence.read(id, fileId, 'staff') : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  /** Records findings, a question or an advice. The same again by the same person changes nothing. */
  @Post(':id/beoordeling')
  async assess(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const file = await this.find(id)
    const { given, typed } = readAssessment(body)
    return this.orRefused(lang, visitor, file, { form: 'assessment', typed }, async () => {
      await this.assessing.assess(visitor, id, given)
      return seeOther(`/aanmeldingen/${id}?gedaan=${given.outcome === 'keep' ? 'bewaard' : 'beoordeeld'}`)
    })
  }

  /** Records the decision. The same again changes nothing. */
  @Post(':id/besluit')
  async decide(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const file = await this.find(id)
    const typed = typedFields(body)
    return this.orRefused(lang, visitor, file, { form: 'decision', typed }, async () => {
      const outcome = (['admitted', 'refused'] as const).find((one) => one === typed.besluit)
      if (!outcome) throw RuleViolated.of('admission.decisionMissing', undefined, 'besluit')
      await this.deciding.decide(visitor, id, { outcome, reason: (typed.reden ?? '').slice(0, 5000) })
      return seeOther(`/aanmeldingen/${id}`)
    })
  }

  /** Puts the application on the agenda of an assembly. A repeat changes nothing. */
  @Post(':id/voorstel')
  async putToAssembly(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.find(id)
    const { vergadering = '' } = typedFields(body)
    if (!isId(vergadering)) throw RuleViolated.of('admission.assemblyMissing')
    // The agenda is read by all members, so it is in Dutch whatever the language of who puts it there.
    await this.deciding.putToAssembly(visitor, id, vergadering, (name) => ({
      title: this.messages.text('nl', 'admissions.motion.title', { name }),
      question: this.messages.text('nl', 'admissions.motion.question', { name }),
      explanation: this.messages.text('nl', 'admissions.motion.explanation', { name }),
    }))
    return seeOther(`/aanmeldingen/${id}?gedaan=voorgelegd`)
  }

  /** What concerns a field comes back with the form; the rest is a page of its own. */
  private async orRefused(
    lang: Language,
    visitor: Visitor,
    file: ApplicationFile,
    form: Omit<RefusedForm, 'violations'>,
    act: () => Promise<SeeOther>,
  ): Promise<Page | SeeOther> {
    try {
      return await act()
    } catch (error) {
      const mendable = error instanceof RuleViolated && error.violations.every(({ path }) => path)
      if (!mendable) throw error
      return this.files.build(lang, visitor, file, { ...form, violations: error.violations })
    }
  }

  private async find(id: string): Promise<ApplicationFile> {
    const file = isId(id) ? await this.admissions.file(id) : null
    if (!file) throw new NotFoundException()
    return file
  }
}
