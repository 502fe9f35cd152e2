import { Inject, Injectable } from '@nestjs/common'
import { KnownActuals, Reports, type SubmittedContent } from '#accountability'
import type { Agreement } from '#agreements'
import { type Cents, centsFromJson, Quarter } from '#kernel'
import { Database, type Tx } from '#platform'
import { type ComparedQuarter, compareQuarters } from './rules/compare.js'
import { addedSince, type JournalLine, spentPerQuarter, spentThrough } from './rules/journal.js'
import { readJournalLines, readJournals } from './store/journals.store.js'
import { linesIn } from './wijk-year.js'

/** A wijk's journal beside what its reports say. */
@Injectable()
export class JournalComparisons {
  constructor(
    @Inject(KnownActuals) known: KnownActuals,
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
  ) {
    known.readFrom((tx, agreementId, quarter) => this.spentThrough(tx, agreementId, quarter))
  }

  /** The journal that counts beside what the reports say, quarter by quarter; none when there is no journal. */
  async of(agreement: Agreement, year: number, tx: Tx = this.database.read): Promise<ComparedQuarter[]> {
    const [latest] = await readJournals(tx, agreement.id, year)
    if (!latest) return []
    const through = Quarter.parse(latest.quarter)
    const lines = await readJournalLines(tx, latest.id)
    const mapping = new Map(lines.map(({ account, lineId }) => [account, lineId]))
    return this.compare(tx, agreement, spentPerQuarter(lines, mapping, through))
  }

  /** What a journal says was spent per quarter and line, beside what the reports say. */
  async compare(
    tx: Tx,
    agreement: Agreement,
    journal: ReadonlyMap<string, ReadonlyMap<string, Cents>>,
  ): Promise<ComparedQuarter[]> {
    const [first] = journal.keys()
    if (!first) return []
    const { year } = Quarter.parse(first)
    const reports = new Map(
      (await this.submitted(tx, agreement, year)).map(({ quarter, status, content }) => [
        quarter.toString(),
        {
          approved: status === 'approved',
          actuals: new Map(content.lines.map(({ id, actualCents }) => [id, centsFromJson(actualCents)])),
        },
      ]),
    )
    return compareQuarters(linesIn(agreement, year), journal, reports)
  }

  /** Lines that are new in a quarter of which the report was approved. */
  async late(
    tx: Tx,
    agreement: Agreement,
    { year }: Quarter,
    lines: readonly JournalLine[],
  ): Promise<JournalLine[]> {
    const [before] = await readJournals(tx, agreement.id, year)
    if (!before) return []
    const approved = (await this.submitted(tx, agreement, year)).filter(({ status }) => status === 'approved')
    const until = approved.at(-1)?.quarter.lastDay()
    return until ? addedSince(lines, await readJournalLines(tx, before.id), until) : []
  }

  /** What was spent per line at the end of a quarter by the journal that counts; null when it does not reach so far. */
  private async spentThrough(
    tx: Tx,
    agreementId: string,
    quarter: Quarter,
  ): Promise<ReadonlyMap<string, Cents> | null> {
    const [latest] = await readJournals(tx, agreementId, quarter.year)
    if (!latest || Quarter.parse(latest.quarter).compare(quarter) < 0) return null
    return spentThrough(await readJournalLines(tx, latest.id), quarter.lastDay())
  }

  private async submitted(tx: Tx, agreement: Agreement, year: number): Promise<SubmittedContent[]> {
    const contents = await this.reports.approvedContents({ year }, tx)
    return contents.filter((one) => one.agreement.id === agreement.id)
  }
}
