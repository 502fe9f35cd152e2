import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import { Clock, type Language, longDay, Messages, moment, type Page, page, type Visitor } from '#platform'
import { AssemblyPlanners } from '../convocation/assembly-planners.service.js'
import type { RequestInFull } from '../convocation/assembly-requests.service.js'
import { textsOf } from './page-text.js'

/** One request: what is asked, how many votes signed, and how much time the board has. */
@Injectable()
export class AssemblyRequestPage {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
  ) {}

  async build(lang: Language, visitor: Visitor, request: RequestInFull): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const { standing, count, signatures, kind } = request
    const { state, boardUntil, selfFrom } = standing
    const own = visitor.scopesOf('delegate')
    const missing = own.some((id) => !signatures.some(({ memberId }) => memberId === id))
    const day = (on: string | null) => on && longDay(lang, on)
    const today = this.clock.today()
    const board = visitor.has('chair', 'secretary')
    const planning =
      request.filedOn && (await this.planners.may(visitor, kind === 'assembly' ? request.id : null))
    return page('libs/assemblies/pages/views/assembly-request.hbs', {
      title: request.subject,
      request,
      state,
      stateText: text(`requests.states.${state}`),
      clockText: text(`requests.clock.${kind}.${state}`, {
        until: day(boardUntil) ?? '',
        from: day(selfFrom) ?? '',
        on: day(request.answeredOn) ?? '',
      }),
      count,
      left: Math.max(0, count.needed - count.votes),
      bars: [
        { label: text('requests.signed'), value: Math.min(count.votes, count.needed), kind: 'solid' },
        { label: text('requests.left'), value: Math.max(0, count.needed - count.votes), kind: 'open' },
      ],
      countedOn: longDay(lang, request.filedOn ?? today),
      signatures: signatures.map(({ memberName, signedAt }) => [
        memberName ?? text('requests.noVoteAnymore'),
        moment(lang, signedAt),
      ]),
      columns: [{ label: text('requests.member') }, { label: text('requests.signedAt') }],
      maySign: own.length > 0 && missing && state !== 'answered',
      started: longDay(lang, dayOf(request.startedAt)),
      plan: kind === 'assembly' && !request.plannedId && planning,
      planLabel: text(`requests.${board ? 'plan' : 'planYourself'}`),
      putOn: kind === 'item' && board && request.filedOn && !request.answeredOn,
    })
  }
}
