import { Inject, Injectable } from '@nestjs/common'
import { People, type Holder as Person } from '#identity'
import { type Cents, type Day, formatCents } from '#kernel'
import { Notices } from '#notices'
import { Clock, longDay, Messages, type Tx } from '#platform'
import { CooperativeSide } from './cooperative-side.service.js'

/** What is told about a guarantee; each has its texts under `guarantees.notice`. */
export type ToldAct =
  | 'offered'
  | 'offerWithdrawn'
  | 'offerRefused'
  | 'accepted'
  | 'decreased'
  | 'releaseDecided'
  | 'releaseDeclined'
  | 'releaseWithdrawn'
  | 'released'
  | 'paidIn'
  | 'refunded'
  | 'transferredIn'

/** What happened, as the mail says it. */
export interface Told {
  act: ToldAct
  /** Of the movement or the decision: a repeat is not sent again. */
  id: string
  member: { id: string; name: string }
  cents: Cents
  onDay: Day
  reference: string
  reason?: string
  path: string
}

/** Tells the holder's delegates and who speaks for the cooperative, in the act's own transaction. */
@Injectable()
export class GuaranteeNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tell(tx: Tx, { act, id, member, cents, onDay, reference, reason = '', path }: Told): Promise<void> {
    const values = { member: member.name, amount: formatCents(cents), day: longDay('nl', onDay) }
    const text = (part: string) => this.messages.text('nl', `guarantees.notice.${act}.${part}`, values)
    const model = { subject: text('subject'), message: text('text'), reason, reference, path }
    await this.notices.send(
      tx,
      (await this.receivers(tx, member.id)).map(({ personId, name, email }) => ({
        notice: 'guarantees/changed',
        to: { personId, name, email },
        model,
        key: `guarantee:${act}:${id}:${personId}`,
      })),
    )
  }

  private async receivers(tx: Tx, memberId: string): Promise<Person[]> {
    const everyone = [
      ...(await this.side.delegatesOf(memberId, tx)),
      ...(await this.people.holders('director', this.clock.today(), tx)),
      ...(await this.side.deciders(memberId, tx)),
    ]
    return [...new Map(everyone.map((person) => [person.personId, person])).values()]
  }
}
