import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  Clock,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { type Adjournment, Adjournments } from '../convocation/adjournments.service.js'
import { whereOf } from '../convocation/convocation-words.js'
import { Attendance } from '../hall/attendance.service.js'
import { Hall } from '../hall/hall.service.js'
import { AdvanceAdmission } from '../polls/advance-admission.service.js'
import { Electorate } from '../polls/electorate.service.js'
import { Polls } from '../polls/polls.service.js'
import { Proceedings } from '../proceedings.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyPhase } from '../rules/assembly-phase.js'
import { assemblyState } from '../rules/assembly-state.js'
import type { AssemblyRow } from '../store/entities.js'
import { AgendaOverview } from './agenda-overview.js'
import { assemblyPage } from './assembly-page.js'
import { minutesIn } from './minutes-options.js'
import { type Text, textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

/** The assemblies, and what happens in one as a whole. */
@Controller('alv')
export class AssembliesController {
  constructor(
    @Inject(Attendance) private readonly attendance: Attendance,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(Proceedings) private readonly proceedings: Proceedings,
    @Inject(Polls) private readonly polls: Polls,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Adjournments) private readonly adjournments: Adjournments,
    @Inject(AdvanceAdmission) private readonly advance: AdvanceAdmission,
    @Inject(AgendaOverview) private readonly overview: AgendaOverview,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const now = this.clock.now()
    const assemblies = await this.reading.assemblies()
    return page(`${VIEWS}/assemblies.hbs`, {
      title: text('list.title'),
      mayPlan: visitor.has('chair', 'secretary'),
      links: [
        { href: '/besluiten', label: text('decisions.title') },
        { href: '/alv/verzoeken', label: text('requests.title') },
        ...(visitor.has('secretary', 'delegate')
          ? [{ href: '/alv/email-toestemming', label: text('consents.title') }]
          : []),
      ],
      columns: [
        { label: text('list.assembly') },
        { label: text('list.day'), kind: 'day' },
        { label: text('list.state') },
      ],
      rows: assemblies.map((assembly) => {
        const state = assemblyState(assembly, now)
        return [
          { value: assembly.title, href: `/alv/${assembly.id}`, note: whereOf(assembly) },
          assembly.heldOn,
          { value: text(`state.${state}`), tone: state === 'running' ? 'good' : 'neutral' },
        ]
      }),
    })
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    const { reading, electorate, hall, messages, clock } = this
    const advance = await this.advance.ruleOn(assembly.heldOn)
    const sources = { reading, electorate, hall, messages, advance, now: clock.now(), today: clock.today() }
    const model = await assemblyPage(sources, assembly, visitor, lang)
    return page(`${VIEWS}/assembly.hbs`, {
      ...model,
      overview: await this.overview.of(assembly, visitor, lang),
      ...adjournedView(
        textsOf(messages, lang),
        assembly,
        await this.adjournments.list(id),
        model.phase,
        lang,
      ),
    })
  }

  /** The delegate is there for all own members. A repeat keeps the moment. */
  @Post(':id/aanwezigheid')
  async checkIn(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.attendance.checkIn(id, visitor)
    return seeOther(fromRoom(body) ? `/alv/${id}/zaal` : `/alv/${id}#aanwezigheid`)
  }

  /** The delegate leaves, for all own members. A repeat changes nothing. */
  @Post(':id/afmelding')
  async checkOut(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.attendance.checkOut(id, visitor)
    return seeOther(`/alv/${id}#aanwezigheid`)
  }

  /** Opens the poll on a motion. A repeat goes to the poll that is there. */
  @Post(':id/stemmingen')
  async openPoll(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const typed = typedFields(body)
    const { motion } = typed
    if (!isId(id) || !isId(motion)) throw new NotFoundException()
    const poll = await this.polls.open(id, motion, visitor, {
      minutes: minutesIn(typed),
      method: typed.manier === 'papier' ? 'paper' : 'digital',
    })
    return seeOther(fromRoom(body) ? `/alv/${id}/zaal` : `/stemmingen/${poll}`)
  }

  /** Ends the assembly. A repeat changes nothing. */
  @Post(':id/sluiting')
  async end(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.proceedings.end(id, visitor)
    return seeOther(`/alv/${id}`)
  }
}

/** Until when it is adjourned, and how often it was. */
function adjournedView(
  text: Text,
  { resumesAt }: AssemblyRow,
  all: readonly Adjournment[],
  phase: AssemblyPhase,
  lang: Language,
) {
  const last = all.at(-1)
  return {
    adjourned: phase === 'adjourned' &&
      last && {
        heading: text('adjournment.until', { at: moment(lang, resumesAt!) }),
        reason: text('adjournment.because', { reason: last.reason }),
      },
    // The one that it waits for stands in the panel already.
    adjournments: (phase === 'adjourned' ? all.slice(0, -1) : all).map(
      ({ adjournedAt, resumesAt: resumes, reason }) =>
        text('adjournment.history', {
          at: moment(lang, adjournedAt),
          resumes: moment(lang, resumes),
          reason,
        }),
    ),
  }
}

/** Whether the act was done from the room, which the answer then goes back to. */
function fromRoom(body: unknown): boolean {
  return typedFields(body).terug === 'zaal'
}
