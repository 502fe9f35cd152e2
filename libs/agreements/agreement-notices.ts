import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import type { Day } from '#kernel'
import { Notices } from '#notices'
import { Clock, longDay, type Role, type Tx } from '#platform'
import type { Agreement } from './rules/agreement.js'
import type { Side } from './rules/negotiation.js'
import type { Party } from './store/negotiation-records.js'

/** What a notice is about: its subject by name, and where to read on. */
interface Occasion {
  notice: 'proposed' | 'commented' | 'offered' | 'signed' | 'terminated' | 'ends-soon'
  /** Names the occasion: the same is told once to each person. */
  key: string
  model: object
}

const SIGNERS: Role[] = ['director', 'chair']
const WRITERS: Role[] = ['serviceTeam', 'teamLead']

/** Tells the people of a party what happened and what is asked of them, by mail. */
@Injectable()
export class AgreementNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Who writes for a side: coordinator and treasurer, or serviceteam and teamleider. */
  async toWriters(tx: Tx, party: Party, side: Side, occasion: Occasion): Promise<void> {
    await this.tell(tx, await this.writers(tx, party, side), occasion)
  }

  /** Who may sign for a side: treasurer and delegate, or director and chair. */
  async toSigners(tx: Tx, party: Party, side: Side, occasion: Occasion): Promise<void> {
    const holders =
      side === 'cooperative' ? await this.holding(tx, SIGNERS) : await this.ownSigners(tx, party)
    await this.tell(tx, holders, occasion)
  }

  /** Everyone of both parties. */
  async toAll(tx: Tx, party: Party, occasion: Occasion): Promise<void> {
    const holders = [
      ...(await this.writers(tx, party, 'counterparty')),
      ...(await this.ownSigners(tx, party)),
      ...(await this.holding(tx, [...WRITERS, ...SIGNERS])),
    ]
    await this.tell(tx, holders, occasion)
  }

  /** An agreement ends before long and nobody works on a next one. */
  async endsSoon(tx: Tx, agreement: Agreement, party: Party): Promise<void> {
    const { id, areaName, areaSlug, endsOn } = agreement
    await this.toAll(tx, party, {
      notice: 'ends-soon',
      key: `agreement-ends:${id}:${endsOn}`,
      model: { area: areaName, day: longDay('nl', endsOn), path: `/afspraken/${areaSlug}` },
    })
  }

  private async writers(tx: Tx, party: Party, side: Side): Promise<Holder[]> {
    if (side === 'cooperative') return this.holding(tx, WRITERS)
    const own = await this.holding(tx, ['coordinator', 'treasurer'])
    return own.filter(({ scopeId }) => scopeId === party.id)
  }

  private async ownSigners(tx: Tx, party: Party): Promise<Holder[]> {
    const [treasurers, delegates] = [
      await this.holding(tx, ['treasurer']),
      party.memberId === null ? [] : await this.holding(tx, ['delegate']),
    ]
    return [
      ...treasurers.filter(({ scopeId }) => scopeId === party.id),
      ...delegates.filter(({ scopeId }) => scopeId === party.memberId),
    ]
  }

  private async holding(tx: Tx, roles: readonly Role[]): Promise<Holder[]> {
    const today: Day = this.clock.today()
    const found: Holder[] = []
    for (const role of roles) found.push(...(await this.people.holders(role, today, tx)))
    return found
  }

  private async tell(tx: Tx, holders: readonly Holder[], { notice, key, model }: Occasion): Promise<void> {
    const people = new Map(holders.map((holder) => [holder.personId, holder]))
    await this.notices.send(
      tx,
      [...people.values()].map(({ personId, name, email }) => ({
        notice: `agreements/${notice}`,
        to: { personId, name, email },
        model,
        key: `${key}:${personId}`,
      })),
    )
  }
}
