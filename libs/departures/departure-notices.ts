import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import { addDays } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Notices } from '#notices'
import { Clock, longDay, Messages, type Tx } from '#platform'
import type { DepartureType, StepType } from './rules/departure.js'
import type { Departure } from './store/departure-records.js'

/** Tells the member's delegates, the directors and the secretary what happened, in the act's own transaction. */
@Injectable()
export class DepartureNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param what the type of a new case, or the step that was taken in it */
  async tell(
    tx: Tx,
    departure: Departure,
    member: MemberOnDay,
    what: DepartureType | StepType,
    note = departure.reason,
  ): Promise<void> {
    const successor = departure.successorMemberId
      ? await this.members.find(departure.successorMemberId, this.clock.today(), tx)
      : null
    const { takesEffectOn, appealUntil, toKind, givenOn, type } = departure
    const text = (key: string, values: object = {}) =>
      this.messages.text('nl', `departures.${key}`, { ...values })
    const values = {
      member: member.name,
      day: longDay('nl', takesEffectOn ?? this.clock.today()),
      last: longDay('nl', takesEffectOn && takesEffectOn > givenOn ? addDays(takesEffectOn, -1) : givenOn),
      until: longDay('nl', appealUntil ?? givenOn),
      kind: toKind ? text(`kinds.${toKind}`) : '',
      successor: successor?.name ?? '',
      case: text(`types.${type}`),
    }
    const model = {
      memberName: member.name,
      subject: text(`notice.${what}.subject`, values),
      message: text(`notice.${what}.text`, values),
      note,
      reference: departure.reference,
      path: `/lidmaatschap/zaken/${departure.id}`,
    }
    await this.notices.send(
      tx,
      (await this.receivers(tx, member.id)).map(({ personId, name, email }) => ({
        notice: 'departures/membership-changed',
        to: { personId, name, email },
        model,
        key: `membership-changed:${departure.id}:${what}:${personId}`,
      })),
    )
  }

  private async receivers(tx: Tx, memberId: string): Promise<Holder[]> {
    const today = this.clock.today()
    // Whoever acted until today hears of the end too.
    const yesterday = addDays(today, -1)
    const delegates = [
      ...(await this.people.holders('delegate', today, tx)),
      ...(await this.people.holders('delegate', yesterday, tx)),
    ]
    const receivers = [
      ...delegates.filter(({ scopeId }) => scopeId === memberId),
      ...(await this.people.holders('director', today, tx)),
      ...(await this.people.holders('secretary', today, tx)),
    ]
    return [...new Map(receivers.map((holder) => [holder.personId, holder])).values()]
  }
}
