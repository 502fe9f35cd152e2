import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { Ledger } from './ledger.service.js'
import { LedgerPeriods } from './ledger-periods.service.js'
import { isResult } from './rules/trial-balance.js'
import {
  appropriationPostings,
  checkAppropriation,
  EQUALISATION,
  type YearResult,
  yearResult,
} from './rules/year-end.js'
import { type BookedEntry, findByKey, holdLedger } from './store/journal.store.js'

/** Something of a year that is not in the books yet; `key` is a whole key of the messages. */
export interface OpenPoint {
  key: string
  values: Record<string, string>
  href: string
}

/** How the end of a year stands. */
export interface YearEndStanding extends YearResult {
  year: number
  lastDay: Day
  isOver: boolean
  /** December is closed: nothing can be booked in the year any more. */
  isClosed: boolean
  openPoints: OpenPoint[]
  /** The entry that brought the result to the reserves and was not booked back. */
  entry: BookedEntry | null
}

/** The entry with which a year ends: its result goes to the reserves. */
@Injectable()
export class LedgerYearEnd {
  private readonly sources: ((tx: Tx, year: number) => Promise<OpenPoint[]>)[] = []

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerPeriods) private readonly periods: LedgerPeriods,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Other libraries say what of a year is not in the books yet; they register when they start. */
  ask(source: (tx: Tx, year: number) => Promise<OpenPoint[]>): void {
    this.sources.push(source)
  }

  async of(year: number, tx: Tx = this.database.read): Promise<YearEndStanding> {
    const lastDay = `${year}-12-31`
    const now = await this.ledger.balances(lastDay, tx)
    const before = await this.ledger.balances(`${year - 1}-12-31`, tx)
    const ofYear = [...now, ...before.map(({ cents, ...one }) => ({ ...one, cents: -cents }))]
    const held = now.reduce((sum, { account, cents }) => (account === EQUALISATION ? sum + cents : sum), 0n)
    const openPoints: OpenPoint[] = []
    for (const source of this.sources) openPoints.push(...(await source(tx, year)))
    const closedThrough = await this.periods.lastClosedDay(tx)
    return {
      ...yearResult(
        ofYear.filter(({ account }) => isResult(account)),
        held,
      ),
      ...{ year, lastDay, openPoints, entry: (await this.latest(tx, year)).standing },
      isOver: lastDay < this.clock.today(),
      isClosed: closedThrough !== null && closedThrough >= lastDay,
    }
  }

  /**
   * Brings the result of a year to the reserves, on its last day. Once: a repeat changes nothing. Was something booked in
   * the year afterwards, then this entry is booked back first, and a new one takes its place. Nobody books meanwhile.
   * @param toEqualisationCents what goes to the egalisatiereserve, or below zero what comes from it
   * @param reason why the year ends although something is not in the books yet
   * @throws RuleViolated `ledger.yearNotOver`, `ledger.periodClosed`, `ledger.noResult`, `ledger.pointsOpen`, and of
   *   {@link checkAppropriation}
   */
  async end(
    visitor: Visitor,
    year: number,
    { toEqualisationCents, reason }: { toEqualisationCents: Cents; reason: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdLedger(tx, 'alone')
      const { standing, count } = await this.latest(tx, year)
      if (standing) return
      const known = await this.of(year, tx)
      if (!known.isOver) throw RuleViolated.of('ledger.yearNotOver', { day: known.lastDay })
      if (known.resultCents === 0n) throw RuleViolated.of('ledger.noResult')
      const why = reason.trim()
      if (known.openPoints.length > 0 && why === '') throw RuleViolated.of('ledger.pointsOpen', {}, 'reden')
      RuleViolated.throwIfAny(checkAppropriation(known, toEqualisationCents))
      const { entryId } = await this.ledger.post(tx, {
        ...{ idempotencyKey: keyOf(year, count + 1), onDay: known.lastDay, recordedBy: visitor.personId },
        description: `Resultaat ${year} naar de reserves${why && known.openPoints.length > 0 ? `. ${why.slice(0, 150)}` : ''}`,
        document: `Jaarafsluiting ${year}`,
        postings: appropriationPostings(known.resultCents, toEqualisationCents),
      })
      const { resultCents } = known
      await this.audit.record(tx, {
        ...{ actorId: visitor.personId, action: 'ledger.yearEnded' },
        subject: { kind: 'ledgerYear', id: String(year) },
        details: {
          entryId,
          resultCents: String(resultCents),
          toEqualisationCents: String(toEqualisationCents),
        },
      })
    })
  }

  /** The entry of a year that stands, and how many were booked, also those booked back. */
  private async latest(tx: Tx, year: number): Promise<{ standing: BookedEntry | null; count: number }> {
    for (let count = 0; ; count++) {
      const entry = await findByKey(tx, keyOf(year, count + 1))
      if (!entry) return { standing: null, count }
      if (!entry.reversedBy) return { standing: entry, count: count + 1 }
    }
  }
}

const keyOf = (year: number, number: number) => `year-end:${year}:${number}`
