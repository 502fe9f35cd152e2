import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { type MemberOnDay, Members } from '#members'
import { Clock, type Tx } from '#platform'
import { refundable } from './deposits.service.js'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords, type NewMovement } from './guarantee-records.service.js'
import { transferEntry } from './rules/deposit-entries.js'
import { positionOf, roomOf } from './rules/movements.js'
import { findMovement, lockYears, readAllMovements } from './store/guarantee-register.store.js'

/** A guarantee that goes over to another member. */
export interface Transfer {
  fromMemberId: string
  toMemberId: string
  /** The deed of merger. */
  document: string
  by: string | null
  /** Makes a second request a repeat: the id of the merger. */
  requestKey: string
}

/** A merger: the guarantee of the member that is no more goes over to the one that takes its place. */
@Injectable()
export class GuaranteeTransfers {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Moves what is not called, today, and the money paid in that no open call needs. What was called stays with the
   * member it was called from, until it is settled. The law moves a guarantee with everything else of a member that
   * merges, so the deed is enough. A repeat (same request key) moves nothing.
   * @returns whether there was something to move
   * @throws RuleViolated `guarantee.transferToSelf`
   */
  async transfer(tx: Tx, transfer: Transfer): Promise<boolean> {
    const { fromMemberId, toMemberId, document, by, requestKey } = transfer
    if (fromMemberId === toMemberId) throw RuleViolated.of('guarantee.transferToSelf')
    await lockYears(tx)
    if (await findMovement(tx, { requestKey })) return false
    const onDay = this.clock.today()
    const position = positionOf(await readAllMovements(tx, onDay), fromMemberId, onDay)
    const cents = roomOf(position)
    if (cents === 0n) return false
    const step = (memberId: string, type: NewMovement['type'], more: Partial<NewMovement>) =>
      this.records.recordMovement(tx, { memberId, type, cents, onDay, document, by, ...more })
    const out = await step(fromMemberId, 'transferredOut', { requestKey })
    const into = await step(toMemberId, 'transferredIn', { refersTo: out })
    const money = refundable(position)
    if (money > 0n) {
      await step(fromMemberId, 'refunded', { cents: money, refersTo: out })
      await step(toMemberId, 'paidIn', { cents: money, refersTo: into })
      await this.ledger.post(tx, {
        ...{
          idempotencyKey: `guarantee:${out}`,
          onDay,
          document,
          recordedBy: by,
          whenClosed: 'firstOpenDay',
        },
        description: 'Gestorte garantie gaat bij een fusie over naar een ander lid',
        postings: transferEntry(fromMemberId, toMemberId, money),
      })
    }
    const member = await this.named(toMemberId, tx)
    await this.notices.tell(tx, {
      ...{ act: 'transferredIn', id: into, member, cents, onDay, reference: document },
      path: `/garanties/leden/${toMemberId}`,
    })
    return true
  }

  private async named(memberId: string, tx: Tx): Promise<Pick<MemberOnDay, 'id' | 'name'>> {
    return (await this.members.find(memberId, this.clock.today(), tx)) ?? { id: memberId, name: '?' }
  }
}
