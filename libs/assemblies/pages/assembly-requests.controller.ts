import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { dayOf, RuleViolated, type Violation } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  dayInDigits,
  formErrors,
  Ids,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  requiredText,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Assemblies } from '../assemblies.service.js'
import { Agenda } from '../convocation/agenda.service.js'
import { AssemblyRequests } from '../convocation/assembly-requests.service.js'
import { type RequestState } from '../rules/assembly-request.js'
import { AssemblyRequestPage } from './assembly-request-page.js'
import { textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'
export const requestTones: Record<RequestState, 'good' | 'warn' | 'bad' | 'neutral'> = {
  collecting: 'neutral',
  filed: 'warn',
  silent: 'bad',
  overdue: 'bad',
  answered: 'good',
}

const startForm = z.object({
  soort: z.enum(['assembly', 'item']),
  vergadering: z.union([z.literal(''), z.uuid()]).default(''),
  onderwerp: requiredText(150),
  gevraagd: requiredText(2000),
  toelichting: z.string().trim().max(5000, 'form.tooLong').default(''),
})

/** Requests by members for an assembly, or for an item on one. */
@Controller('alv/verzoeken')
export class AssemblyRequestsController {
  constructor(
    @Inject(AssemblyRequests) private readonly requests: AssemblyRequests,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Agenda) private readonly agenda: Agenda,
    @Inject(AssemblyRequestPage) private readonly requestPage: AssemblyRequestPage,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const requests = await this.requests.list()
    return page(`${VIEWS}/assembly-requests.hbs`, {
      title: text('requests.title'),
      mayStart: visitor.has('delegate'),
      columns: [
        { label: text('requests.subject') },
        { label: text('requests.kind') },
        { label: text('requests.started'), kind: 'day' },
        { label: text('list.state') },
      ],
      rows: requests.map(({ id, subject, kind, startedAt, standing: { state } }) => [
        { value: subject, href: `/alv/verzoeken/${id}` },
        text(`requests.kinds.${kind}`),
        dayOf(startedAt),
        { value: text(`requests.states.${state}`), tone: requestTones[state] },
      ]),
    })
  }

  @Get('nieuw')
  blank(@Lang() lang: Language): Promise<Page> {
    return this.form(lang, { soort: 'assembly', verzoek: this.ids.next() }, [])
  }

  /** Starts a request with the own signature. A repeat goes to the one that is there. */
  @Post()
  async start(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const id = isId(typed.verzoek) ? typed.verzoek : this.ids.next()
    const form = parseForm(startForm, body)
    if (!form.ok) return this.form(lang, { ...typed, verzoek: id }, toViolations(form.errors))
    const { soort, vergadering, onderwerp, gevraagd, toelichting } = form.value
    const content = { kind: soort, subject: onderwerp, asked: gevraagd, explanation: toelichting }
    const assemblyId = soort === 'item' && isId(vergadering) ? vergadering : null
    try {
      await this.requests.start(id, { ...content, assemblyId }, visitor)
    } catch (error) {
      if (error instanceof RuleViolated) return this.form(lang, { ...typed, verzoek: id }, error.violations)
      throw error
    }
    return seeOther(`/alv/verzoeken/${id}`)
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.requestPage.build(lang, visitor, await this.find(id))
  }

  /** Signs for the own members. A repeat keeps the first signature. */
  @Post(':id/handtekening')
  async sign(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.find(id)
    await this.requests.sign(id, visitor)
    return seeOther(`/alv/verzoeken/${id}`)
  }

  /** Puts the item that members asked for on the agenda. A repeat changes nothing. */
  @Post(':id/agendapunt')
  async putOnAgenda(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    const { kind, assemblyId, filedOn, answeredOn, subject, asked, explanation } = await this.find(id)
    if (kind !== 'item' || !filedOn) throw RuleViolated.of('request.notFiled')
    if (!answeredOn) {
      const text = [asked, explanation].filter(Boolean).join('\n\n')
      const item = { type: 'discussion', title: subject, explanation: text, minutes: 20 } as const
      // The item has the id of the request, so that two at once put it there once.
      await this.agenda.add(assemblyId!, id, { ...item, question: '', decisionType: 'ordinary' }, visitor, id)
    }
    return seeOther(`/alv/${assemblyId}/agenda#punt-${id}`)
  }

  private async find(id: string) {
    const request = isId(id) ? await this.requests.find(id) : null
    if (!request) throw new NotFoundException()
    return request
  }

  private async form(
    lang: Language,
    typed: Record<string, string>,
    violations: readonly Violation[],
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const upcoming = await this.assemblies.runningOrUpcoming()
    const today = this.clock.today()
    const model = {
      title: text('requests.new'),
      typed,
      kinds: (['assembly', 'item'] as const).map((value) => ({
        value,
        label: text(`requests.kinds.${value}`),
      })),
      assemblies: upcoming
        .filter(({ heldOn }) => heldOn > today)
        .map(({ id, title, heldOn }) => ({
          value: id,
          label: `${title} (${dayInDigits(heldOn)})`,
        })),
      errors: violations.length > 0 ? formErrors(this.messages, lang, violations) : null,
    }
    return page(`${VIEWS}/assembly-request-form.hbs`, model, violations.length > 0 ? 422 : 200)
  }
}

const toViolations = (errors: readonly { field: string; code: string }[]): Violation[] =>
  errors.map(({ field, code }) => ({ code, path: field }))
