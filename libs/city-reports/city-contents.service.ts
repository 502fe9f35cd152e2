import { Inject, Injectable } from '@nestjs/common'
import { AnnualAccounts } from '#annual-accounts'
import { canonicalJson, centsToJson, Quarter } from '#kernel'
import { type AccountBalance, APPROPRIATION, Ledger, LedgerAccounts } from '#ledger'
import { Database, sha256Hex, type Tx } from '#platform'
import { RollUps } from './roll-ups.service.js'
import type { CityFigures } from './rules/city-figures.js'
import {
  type AccountsStanding,
  type Chapter,
  type CityReportContent,
  indicatorsOverYear,
  type LedgerLine,
  type LedgerYear,
  type QuarterContent,
  type YearContent,
} from './rules/city-report-content.js'
import { type Period, quartersOfYear } from './rules/period.js'
import { fieldsOf, type Texts, textsOf } from './rules/report-texts.js'
import { findRecord } from './store/city-reports.store.js'
import { readEffects } from './store/effects.store.js'
import { sumLines } from './store/figures.store.js'

/** What a report would say now: its text as it would be signed for, and a fingerprint of what in it nobody types. */
export interface ComposedReport {
  /** Canonical JSON of a {@link CityReportContent}. */
  json: string
  figures: CityFigures
  /** What of the draft belongs to the form. */
  texts: Texts
  /** SHA-256 of the figures alone: who makes the report final has seen these. */
  inputs: string
}

/** Composes the reports of the city cooperative from what there is; nothing is stored. */
@Injectable()
export class CityContents {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerAccounts) private readonly ledgerAccounts: LedgerAccounts,
    @Inject(AnnualAccounts) private readonly accounts: AnnualAccounts,
  ) {}

  /** The report as it would be with these texts, of which only what belongs to the form is kept; null when no agreement owes a report on the period. */
  async compose(
    period: Period,
    typed: Readonly<Record<string, unknown>>,
    given?: Tx,
  ): Promise<ComposedReport | null> {
    const read = async (tx: Tx) => {
      const figures = await this.rollUps.of(period.quarter, {}, tx)
      if (!figures) return null
      const slugs = figures.areas.map(({ slug }) => slug)
      const texts = textsOf(fieldsOf(period.kind, slugs), typed)
      const content: CityReportContent =
        period.kind === 'quarter'
          ? quarterContent(period, figures, texts)
          : await this.yearContent(tx, period, figures, texts)
      const inputs = sha256Hex(canonicalJson({ ...content, texts: {} }))
      return { json: canonicalJson(content), figures, texts, inputs }
    }
    return given ? read(given) : this.database.snapshot(read)
  }

  private async yearContent(
    tx: Tx,
    period: Period,
    figures: CityFigures,
    texts: Texts,
  ): Promise<YearContent> {
    const quarters: (CityFigures | null)[] = []
    for (const quarter of quartersOfYear(period.year))
      quarters.push(quarter.number === 4 ? figures : await this.rollUps.of(quarter, {}, tx))
    return {
      format: 'samen.annual-report/1',
      period: period.name,
      texts,
      chapters: await this.chapters(tx, period.year),
      figures,
      previous: await this.previous(tx, period.year - 1),
      indicators: indicatorsOverYear(quarters),
      ledger: await this.ledgerOf(tx, period.year),
      accounts: await this.accountsOf(tx, period.year),
      effects: await readEffects(tx),
    }
  }

  /** The final report on each quarter, as it went to the ALV. */
  private async chapters(tx: Tx, year: number): Promise<Chapter[]> {
    const chapters: Chapter[] = []
    for (const quarter of quartersOfYear(year)) {
      const latest = (await findRecord(tx, quarter.toString()))?.versions[0]
      if (!latest) {
        chapters.push({ quarter: quarter.toString(), version: null })
        continue
      }
      const { texts, figures } = JSON.parse(latest.content) as QuarterContent
      const { number: version, sha256 } = latest
      chapters.push({ quarter: quarter.toString(), version, sha256, texts, total: figures.total })
    }
    return chapters
  }

  private async previous(tx: Tx, year: number): Promise<YearContent['previous']> {
    const name = new Map<string, string>()
    let total = 0n
    for (const { quarter, lineId, actualCents } of await sumLines(tx)) {
      if (quarter !== `${year}-Q4`) continue
      name.set(lineId, centsToJson(actualCents))
      total += actualCents
    }
    return name.size > 0 ? { lines: Object.fromEntries(name), totalCents: centsToJson(total) } : null
  }

  /** Balances on the last day; income and expense of the year alone. */
  private async ledgerOf(tx: Tx, year: number): Promise<LedgerYear> {
    const accounts = await this.ledgerAccounts.all(tx)
    const [now, before, earlier] = [
      await this.ledger.balances(lastDayOf(year), tx),
      await this.ledger.balances(lastDayOf(year - 1), tx),
      await this.ledger.balances(lastDayOf(year - 2), tx),
    ]
    const lines = (group: 'B' | 'W', held: (account: string) => [bigint, bigint]) =>
      accounts.flatMap(({ code, name, side }): LedgerLine[] => {
        const [cents, previous] = held(code)
        if (!code.startsWith(group) || code === APPROPRIATION || (cents === 0n && previous === 0n)) return []
        const sign = side === 'debit' ? 1n : -1n
        return [
          {
            ...{ account: code, name, cents: centsToJson(cents * sign) },
            previousCents: centsToJson(previous * sign),
          },
        ]
      })
    return {
      balance: lines('B', (code) => [sumOf(now, code), sumOf(before, code)]),
      result: lines('W', (code) => [
        sumOf(now, code) - sumOf(before, code),
        sumOf(before, code) - sumOf(earlier, code),
      ]),
    }
  }

  private async accountsOf(tx: Tx, year: number): Promise<AccountsStanding> {
    const { drawnUp, reviewed, adopted } = await this.accounts.stateOf(year, tx)
    return {
      drawnUpOn: drawnUp?.on ?? null,
      reviewedOn: reviewed?.on ?? null,
      adopted: adopted && { number: adopted.decision.number, on: adopted.decision.decidedOn },
    }
  }
}

function quarterContent(period: Period, figures: CityFigures, texts: Texts): QuarterContent {
  return { format: 'samen.city-report/1', period: period.name, figures, texts }
}

/** Debits less credits of an account, over all projects. */
function sumOf(balances: readonly AccountBalance[], code: string): bigint {
  return balances
    .filter(({ account }) => account === code)
    .reduce<bigint>((sum, { cents }) => sum + cents, 0n)
}

function lastDayOf(year: number) {
  return Quarter.parse(`${String(year).padStart(4, '0')}-Q4`).lastDay()
}
