import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, formatCents, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { CooperativeSide } from './cooperative-side.service.js'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { RefundsToPay } from './refunds-to-pay.js'
import { depositEntry, OTHER_DEBTS } from './rules/deposit-entries.js'
import { type HolderPosition, openCallOf, positionOf } from './rules/movements.js'
import { findMovement, lockYears, readAllMovements } from './store/guarantee-register.store.js'

/** Money that came in or goes back, as an officer records it. */
export interface DepositRequest {
  memberId: string
  cents: Cents
  /** The day on which it came in; a refund works today. */
  onDay: Day
  /** The bank statement, or the decision. */
  document: string
  requestKey: string
}

/** The money that holders paid in as part of their guarantee: a deposit, which the cooperative owes them. */
@Injectable()
export class Deposits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(RefundsToPay) private readonly refunds: RefundsToPay,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records money that came in, with its entry in the books. No more is paid in than was pledged. A repeat (same
   * request key) records nothing and answers with the first.
   * @throws RuleViolated `guarantee.notAMember`, `guarantee.notPositive`, `guarantee.documentNeeded`,
   * `guarantee.dayAhead`, `guarantee.overPledge` (params room), `guarantee.requestKeyReused`
   */
  payIn(visitor: Visitor, request: DepositRequest): Promise<string> {
    return this.record(visitor, 'paidIn', request, async (_, position) => {
      if (request.onDay > this.clock.today()) throw RuleViolated.of('guarantee.dayAhead', undefined, 'dag')
      const room = position.pledgedCents - position.paidInCents
      if (request.cents > room) throw over('guarantee.overPledge', room)
    })
  }

  /**
   * Decides to pay money back, from what no open call needs; it is a debt of the cooperative, and something to be
   * paid, until the bank paid it. A repeat (same request key) records nothing and answers with the first.
   * @throws RuleViolated as {@link payIn}, who may not, and `guarantee.overPaidIn` (params room)
   */
  refund(visitor: Visitor, request: Omit<DepositRequest, 'onDay'>): Promise<string> {
    const today = { ...request, onDay: this.clock.today() }
    return this.record(visitor, 'refunded', today, async (tx, position) => {
      await this.side.require(visitor, request.memberId, tx)
      const room = refundable(position)
      if (request.cents > room) throw over('guarantee.overPaidIn', room)
    })
  }

  private record(
    visitor: Visitor,
    type: 'paidIn' | 'refunded',
    request: DepositRequest,
    check: (tx: Tx, position: HolderPosition) => Promise<void>,
  ): Promise<string> {
    return this.database.transaction(async (tx) => {
      await lockYears(tx)
      const { memberId, cents, onDay, requestKey } = request
      const earlier = await findMovement(tx, { requestKey })
      if (earlier?.memberId === memberId && earlier.cents === cents) return earlier.id
      if (earlier) throw RuleViolated.of('guarantee.requestKeyReused', { reference: earlier.document })
      const member = await this.members.find(memberId, this.clock.today(), tx)
      if (!member) throw RuleViolated.of('guarantee.notAMember')
      checkRequest(request)
      const today = this.clock.today()
      await check(tx, positionOf(await readAllMovements(tx, today), memberId, today))
      const document = request.document.trim()
      const by = visitor.personId
      const id = await this.records.recordMovement(tx, {
        memberId,
        type,
        cents,
        onDay,
        document,
        by,
        requestKey,
      })
      await this.book(tx, { id, type, member, cents, onDay, document, by })
      const path = `/garanties/leden/${memberId}`
      await this.notices.tell(tx, { act: type, id, member, cents, onDay, reference: document, path })
      return id
    })
  }

  private async book(tx: Tx, deposit: Deposit): Promise<void> {
    const { id, type, member, cents, onDay, document, by } = deposit
    await this.ledger.post(tx, {
      ...{ idempotencyKey: `guarantee:${id}`, onDay, document, recordedBy: by, whenClosed: 'firstOpenDay' },
      description: `${type === 'paidIn' ? 'Gestorte garantie van' : 'Terug te betalen garantie van'} ${member.name}`,
      postings: depositEntry(type, member.id, cents),
    })
    if (type === 'refunded')
      await this.refunds.tell(tx, { id, member, cents, document, by, debitAccount: OTHER_DEBTS })
  }
}

interface Deposit {
  id: string
  type: 'paidIn' | 'refunded'
  member: MemberOnDay
  cents: Cents
  onDay: Day
  document: string
  by: string
}

/** What could be paid back: what no open call needs. */
export function refundable(position: HolderPosition): Cents {
  const free = position.paidInCents - openCallOf(position)
  return free > 0n ? free : 0n
}

function checkRequest({ cents, document }: DepositRequest): void {
  RuleViolated.throwIfAny([
    ...(cents <= 0n ? [{ code: 'guarantee.notPositive', path: 'bedrag' }] : []),
    ...(document.trim() === '' ? [{ code: 'guarantee.documentNeeded', path: 'document' }] : []),
  ])
}

function over(code: string, room: Cents): RuleViolated {
  return RuleViolated.of(code, { room: formatCents(room) }, 'bedrag')
}
