import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { type Day, formatCents, isDay } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import {
  Clock,
  formErrors,
  Ids,
  isId,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type Visit,
  type Visitor,
} from '#platform'
import { CooperativeSide } from '../cooperative-side.service.js'
import { Decreases } from '../decreases.service.js'
import { refundable } from '../deposits.service.js'
import { Guarantees } from '../guarantees.service.js'
import { Releases } from '../releases.service.js'
import { type HolderPosition, openCallOf, positionOf, roomOf } from '../rules/movements.js'
import type { GuaranteeMovement } from '../store/guarantee-register.store.js'
import type { Text } from './guarantees-model.js'
import { holderTimeline } from './holder-timeline.js'
import type { Refused } from './refused.js'

/** Who sees the names of those who recorded something, besides the delegates of the member. */
const OFFICERS = ['director', 'chair', 'controller', 'auditCommittee'] as const

/** What to show on the page of a holder. */
export interface HolderShown {
  day?: string
  /** The movement that the visitor just recorded. */
  done?: string
  refused?: Refused
}

/** The page of one holder: its balances on any day, everything that happened, and what the visitor can do. */
@Injectable()
export class HolderPage {
  constructor(
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Decreases) private readonly decreases: Decreases,
    @Inject(Releases) private readonly releases: Releases,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @throws NotFoundException when there is no such member */
  async build({ lang, visitor, fresh }: Visit, memberId: string, shown: HolderShown): Promise<Page> {
    const today = this.clock.today()
    const member = isId(memberId) ? await this.members.find(memberId, today) : null
    if (!member) throw new NotFoundException()
    const text: Text = (key, values) => this.messages.text(lang, `guarantees.${key}`, values)
    const day = shown.day && isDay(shown.day) ? shown.day : today
    const movements = await this.guarantees.movements()
    const position = positionOf(movements, memberId, day)
    const done = movements.find(({ id, memberId: whose }) => id === shown.done && whose === memberId)
    const model = {
      title: text('holder.title', { member: member.name }),
      memberId,
      day,
      wrongDay: Boolean(shown.day) && !isDay(shown.day),
      balances: balances(text, position, upcoming(lang, text, movements, memberId, day)),
      isHolder: movements.some((movement) => movement.memberId === memberId),
      done: done ? doneText(lang, text, done) : null,
      timeline: holderTimeline(movements, memberId, {
        ...{ lang, text, today },
        ...(await this.whatIsSeen(visitor, member, movements)),
      }),
      ...(await this.acts(lang, visitor, memberId, positionOf(movements, memberId, today))),
      requestKey: this.keyOf(shown.refused),
      today,
      fresh,
      refusedForm: shown.refused?.form ?? null,
      typed: shown.refused?.typed ?? null,
      errors: shown.refused ? formErrors(this.messages, lang, shown.refused.errors) : null,
    }
    return page('libs/guarantees/pages/views/holder.hbs', model, shown.refused ? 422 : 200)
  }

  /** Names and signed offers are for the member itself and the officers; the amounts are for all members. */
  private async whatIsSeen(visitor: Visitor, { id }: MemberOnDay, movements: readonly GuaranteeMovement[]) {
    const inside = visitor.has(...OFFICERS) || visitor.hasFor('delegate', id)
    const recorders = movements.flatMap(({ memberId, recordedBy }) =>
      memberId === id && recordedBy ? [recordedBy] : [],
    )
    const names = inside ? await this.people.named([...new Set(recorders)]) : new Map()
    return { names, opensOffers: inside }
  }

  /** What the visitor can do today. */
  private async acts(lang: Language, visitor: Visitor, memberId: string, position: HolderPosition) {
    const own = visitor.hasFor('delegate', memberId)
    const decides = await this.side.mayDecide(visitor, memberId)
    const terms = own ? await this.decreases.terms(memberId) : null
    const [waiting] = own || decides ? await this.releases.waiting([memberId]) : []
    const room = roomOf(position)
    return {
      own,
      decrease:
        terms && terms.roomCents > 0n
          ? { ...terms, day: longDay(lang, terms.onDay), room: formatCents(terms.roomCents) }
          : null,
      release: waiting ? { ...waiting, amount: formatCents(waiting.cents) } : null,
      maySign: own && waiting !== undefined,
      mayTakeBack: decides && waiting !== undefined,
      mayRelease: decides && !waiting && room > 0n ? { room: formatCents(room) } : null,
      mayPayIn: visitor.has('controller') && !own && position.pledgedCents > position.paidInCents,
      mayRefund: decides && refundable(position) > 0n ? { room: formatCents(refundable(position)) } : null,
    }
  }

  private keyOf(refused?: Refused): string {
    const typed = refused?.typed.verzoek
    return isId(typed) ? typed : this.ids.next()
  }
}

/** The balances as a list; what is nothing is left out, but for the pledge. */
function balances(text: Text, position: HolderPosition, coming: string) {
  const { pledgedCents, paidInCents, calledCents, offeredCents } = position
  const item = (key: string, cents: bigint, note?: string) => ({
    label: text(`holder.balance.${key}`),
    value: formatCents(cents),
    ...(note ? { note } : {}),
  })
  return [
    item('pledged', pledgedCents, coming),
    item('paidIn', paidInCents),
    ...(calledCents > 0n
      ? [
          item(
            'called',
            calledCents,
            text('holder.balance.openCall', { open: formatCents(openCallOf(position)) }),
          ),
          item('room', roomOf(position)),
        ]
      : []),
    ...(offeredCents > 0n ? [item('offered', offeredCents)] : []),
  ]
}

/** What the pledge becomes on the days after this one. */
function upcoming(
  lang: Language,
  text: Text,
  movements: readonly GuaranteeMovement[],
  memberId: string,
  day: Day,
): string {
  const days = movements
    .filter((one) => one.memberId === memberId && one.onDay > day)
    .map(({ onDay }) => onDay)
  return [...new Set(days)]
    .map((on) => {
      const { pledgedCents } = positionOf(movements, memberId, on)
      return text('holder.coming', { day: longDay(lang, on), amount: formatCents(pledgedCents) })
    })
    .join('; ')
}

function doneText(
  lang: Language,
  text: Text,
  { type, cents, onDay, document, recordedAt }: GuaranteeMovement,
) {
  const values = { amount: formatCents(cents), day: longDay(lang, onDay) }
  return { title: text(`types.${type}`), sentence: text(`holder.done.${type}`, values), document, recordedAt }
}
