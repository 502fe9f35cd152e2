import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import type { Day } from '#kernel'
import { Members } from '#members'
import { Clock, CONFIG, type Config, Database } from '#platform'
import { Ledger } from './ledger.service.js'
import { LedgerAccounts } from './ledger-accounts.service.js'
import { LedgerSealer } from './ledger-sealer.service.js'
import { lengthOf, periodsOf } from './rules/periods.js'
import { CENTRAL } from './rules/read-budget.js'
import { trialBalance } from './rules/trial-balance.js'
import { auditFileEnd, auditFileHead, auditFileTransaction } from './rules/xaf.js'
import { measureYear, readMembersOfYear, readYearBatch } from './store/audit-file.store.js'
import { readClosings } from './store/period.store.js'

const ENTRIES_AT_ONCE = 2_000
/** Result of earlier years that has no place yet stands on the account of the other reserves. */
const EARLIER_RESULT = 'BEivOvr'

/**
 * The audit file of a year (XAF 3.2): everything that was sealed, in the order of its numbers. It is written a batch
 * at a time, so a year of a million lines needs no more memory than one of ten.
 */
@Injectable()
export class AuditFile {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(LedgerSealer) private readonly sealer: LedgerSealer,
    @Inject(Members) private readonly members: Members,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The text of the file in parts; null for a year in which nothing was booked. */
  async write(year: number): Promise<AsyncGenerator<string> | null> {
    await this.sealer.seal()
    // What is sealed never changes, so the batches agree with the sums without one long transaction.
    const measure = await measureYear(this.database.read, year)
    return measure.lastNumber === 0 ? null : this.parts(year, measure)
  }

  private async *parts(
    year: number,
    measure: Awaited<ReturnType<typeof measureYear>>,
  ): AsyncGenerator<string> {
    const read = this.database.read
    const today = this.clock.today()
    const numbers = await this.memberNumbers(today)
    const involved = new Set(await readMembersOfYear(read, year))
    const districts = new Map((await this.areas.accountingDistricts()).map(({ id, slug }) => [id, slug]))
    const periods = await this.periods(year)
    yield auditFileHead({
      ...{ year, createdOn: today, companyName: this.config.cooperativeName, taxId: '' },
      accounts: await this.accounts.all(),
      members: [...numbers].flatMap(([id, member]) => (involved.has(id) ? [member] : [])),
      periods,
      opening: await this.opening(year),
      ...measure,
    })
    for (let after = 0; after < measure.lastNumber; ) {
      const batch = await readYearBatch(
        read,
        year,
        after,
        Math.min(measure.lastNumber, after + ENTRIES_AT_ONCE),
      )
      yield batch
        .map(({ lines, ...entry }) =>
          auditFileTransaction({
            ...entry,
            periodNumber: periods.find(({ lastDay }) => entry.onDay <= lastDay)!.number,
            lines: lines.map(({ account, district, member, cents }) => ({
              ...{ account, cents: BigInt(cents) },
              project: district === null ? CENTRAL : districts.get(district)!,
              memberNumber: member === null ? null : (numbers.get(member)?.number ?? null),
            })),
          }),
        )
        .join('')
      after += ENTRIES_AT_ONCE
    }
    yield auditFileEnd
  }

  private async memberNumbers(today: Day): Promise<Map<string, { number: number; name: string }>> {
    const members = await this.members.asOf(today)
    return new Map(members.map(({ id, number, name }) => [id, { number, name }]))
  }

  /** Months, or quarters when the year was closed by the quarter. */
  private async periods(year: number) {
    const closed = (await readClosings(this.database.read)).find(({ lastDay }) =>
      lastDay.startsWith(`${year}-`),
    )
    const length = (closed && lengthOf(closed)) ?? 'month'
    return periodsOf(year, length).map((period, at) => ({ number: at + 1, ...period }))
  }

  private async opening(year: number) {
    const before = await this.ledger.balances(`${year - 1}-12-31`)
    const { balance, earlierResult, result } = trialBalance(before, before)
    const lines = [
      ...balance,
      ...result,
      ...(earlierResult ? [{ account: EARLIER_RESULT, ...earlierResult }] : []),
    ]
    return lines.map(({ account, debitCents, creditCents }) => ({ account, cents: debitCents - creditCents }))
  }
}
