import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { checkClosing, fixedLength, nextPeriod, type Period, type PeriodLength } from './rules/periods.js'
import { holdLedger, readLastClosedDay } from './store/journal.store.js'
import { type Closing, insertClosing, readClosings, readFirstDay } from './store/period.store.js'

/** Closing the books, a month or a quarter at a time and in order. What is closed stays closed. */
@Injectable()
export class LedgerPeriods {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What was closed, in order. */
  async closings(tx: Tx = this.database.read): Promise<Closing[]> {
    return readClosings(tx)
  }

  /** The last day on which nothing is booked any more. */
  async lastClosedDay(tx: Tx = this.database.read): Promise<Day | null> {
    return readLastClosedDay(tx)
  }

  /** What can be closed next: per length that is still free to choose. Empty before the first entry. */
  async next(
    tx: Tx = this.database.read,
  ): Promise<{ length: PeriodLength; period: Period; isOver: boolean }[]> {
    const begins = await readFirstDay(tx)
    if (!begins) return []
    const closed = await readClosings(tx)
    const fixed = fixedLength(closed)
    const lengths: PeriodLength[] = fixed ? [fixed] : ['month', 'quarter']
    return lengths.map((length) => {
      const period = nextPeriod(closed, begins, length)
      return { length, period, isOver: period.lastDay < this.clock.today() }
    })
  }

  /**
   * Closes the next period and keeps its balances. It waits for who is booking, and who books waits for it: no entry
   * comes in after the balances were taken. A repeat (the same last day) changes nothing.
   * @param lastDay of the period that was shown
   * @throws RuleViolated `ledger.nothingToClose`, `ledger.otherPeriod`, `ledger.periodNotOver`, `ledger.lengthFixed.*`
   */
  async close(visitor: Visitor, lastDay: Day, length: PeriodLength): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdLedger(tx, 'alone')
      const closed = await readClosings(tx)
      if (closed.some((one) => one.lastDay === lastDay)) return
      const begins = await readFirstDay(tx)
      if (!begins) throw RuleViolated.of('ledger.nothingToClose', {}, 'lengte')
      const period = nextPeriod(closed, begins, length)
      RuleViolated.throwIfAny(checkClosing(closed, period, length, this.clock.today()))
      if (period.lastDay !== lastDay)
        throw RuleViolated.of('ledger.otherPeriod', { day: period.lastDay }, 'lengte')
      await insertClosing(tx, { ...period, closedAt: this.clock.now(), closedBy: visitor.personId })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'ledger.periodClosed',
        subject: { kind: 'ledgerPeriod', id: period.lastDay },
        details: { ...period },
      })
    })
  }
}
