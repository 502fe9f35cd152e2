import { Inject, Injectable } from '@nestjs/common'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { RiskMargin } from './risk-margin.service.js'
import { firstDayOf } from './rules/margin.js'
import { reserveEntry } from './rules/margin-entries.js'
import { insertReserve } from './store/margin.store.js'

/** Setting the margin of a year aside in the books. */
@Injectable()
export class MarginReserves {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Books the reserve of a year, once: a repeat, also at the same moment, changes nothing.
   * @throws RuleViolated `guarantee.noYear`, `margin.yearNotBegun`, `margin.nothingToReserve`, and of {@link Ledger.post}
   */
  async book(visitor: Visitor, year: number): Promise<{ booked: boolean }> {
    return this.database.transaction((tx) => this.bookIn(tx, year, visitor.personId))
  }

  /** As {@link book}, in the caller's transaction; `document` says what the award rests on. */
  async bookIn(
    tx: Tx,
    year: number,
    by: string | null,
    document = `Risicomarge ${year}`,
  ): Promise<{ booked: boolean }> {
    const subsidy = await this.guarantees.lockedYear(year, tx)
    const { reserve, marginCents } = await this.riskMargin.of(subsidy, tx)
    if (reserve) return { booked: false }
    if (this.clock.today() < firstDayOf(year))
      throw RuleViolated.of('margin.yearNotBegun', { year: String(year) })
    if (marginCents === 0n) throw RuleViolated.of('margin.nothingToReserve', { year: String(year) })
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `risk-margin:reserve:${year}`,
      onDay: firstDayOf(year),
      description: `Reserve risicomarge ${year} gevormd`,
      document,
      recordedBy: by,
      whenClosed: 'firstOpenDay',
      postings: reserveEntry(marginCents),
    })
    await insertReserve(tx, { year, cents: marginCents, entryId, bookedAt: this.clock.now(), bookedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: 'margin.reserveBooked',
      subject: { kind: 'riskMargin', id: String(year) },
      details: { cents: marginCents, entryId },
    })
    return { booked: true }
  }
}
