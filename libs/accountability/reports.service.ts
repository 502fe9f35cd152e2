import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Agreement, Agreements, type AgreementVersion, quartersOf, versionForQuarter } from '#agreements'
import { type Day, Quarter } from '#kernel'
import { Database, Ids, type Tx } from '#platform'
import { Statutes } from '#statutes'
import type { ReportTemplate } from './rules/report-template.js'
import { type ReportStatus, statusOf } from './rules/status.js'
import { dueOn } from './rules/timing.js'
import { lockReport, type ReportRecord, readReport } from './store/report-records.js'
import { type ReportSummary, readSummaries } from './store/report-summaries.js'

/** Which report: the short name of the area and the quarter, as they stand in the address. */
export interface ReportAddress {
  area: string
  quarter: string
}

/** A report with the agreement that it accounts for. `record` is null while nobody began it. */
export interface Report {
  agreement: Agreement
  agreementVersion: AgreementVersion
  template: ReportTemplate
  quarter: Quarter
  dueOn: Day
  status: ReportStatus
  record: ReportRecord | null
}

/** A report whose row is locked until the transaction ends: what was read of it stays so. */
export type LockedReport = Report & { record: ReportRecord }

/** One cell of the overview: a quarter of an agreement and where its report stands. */
export interface QuarterStanding {
  quarter: Quarter
  dueOn: Day
  status: ReportStatus
  latest: ReportSummary['latest']
}

/** Reads quarterly reports; the acts are in `Accountability`. */
@Injectable()
export class Reports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The report at an address, in one snapshot unless a transaction is given; null when there is no such thing. */
  async find(address: ReportAddress, tx?: Tx): Promise<Report | null> {
    return tx ? this.read(tx, address) : this.database.snapshot((snapshot) => this.read(snapshot, address))
  }

  /**
   * Locks a report for an act, and makes its row when it is the first. All acts on one report come one after the
   * other.
   * @param permit throws when the act may not be done.
   * @throws NotFoundException
   */
  async lock(tx: Tx, address: ReportAddress, permit: (report: Report) => void): Promise<LockedReport> {
    const found = await this.read(tx, address)
    if (!found) throw new NotFoundException()
    permit(found)
    await lockReport(tx, this.ids.next(), found.agreement.id, found.quarter.toString())
    return (await this.read(tx, address)) as LockedReport
  }

  /** All agreements with where each of their quarters stands, by area and quarter. */
  async standings(): Promise<{ agreement: Agreement; quarters: QuarterStanding[] }[]> {
    return this.database.snapshot(async (tx) => {
      const agreements = await this.agreements.all(tx)
      const summaries = await readSummaries(
        tx,
        agreements.map(({ id }) => id),
      )
      const days = await this.dueDays(tx, agreements)
      return agreements.map((agreement) => ({
        agreement,
        quarters: quartersOf(agreement).map((quarter) => standing(agreement, quarter, days, summaries)),
      }))
    })
  }

  private async read(tx: Tx, address: ReportAddress): Promise<Report | null> {
    const agreement = await this.agreements.byArea(address.area, tx)
    const quarter = quarterAt(address.quarter)
    const agreementVersion = agreement && quarter ? versionForQuarter(agreement, quarter) : null
    if (!agreement || !quarter || !agreementVersion) return null
    const record = await readReport(tx, agreement.id, quarter.toString())
    const statutes = await this.statutes.asOf(quarter.lastDay(), tx)
    return {
      agreement,
      agreementVersion,
      template: agreementVersion.terms,
      quarter,
      dueOn: dueOn(quarter, statutes.get('reportDueDays').value),
      status: statusOf({
        draftSaved: Boolean(record?.draft.savedAt),
        latestVerdict: record?.versions[0] && (record.versions[0].review?.verdict ?? null),
      }),
      record,
    }
  }

  /** How many days after its end each quarter is due: the statutes as they hold on its last day. */
  private async dueDays(tx: Tx, agreements: readonly Agreement[]): Promise<Map<string, number>> {
    const days = new Map<string, number>()
    for (const quarter of agreements.flatMap(quartersOf)) {
      if (days.has(quarter.toString())) continue
      days.set(
        quarter.toString(),
        (await this.statutes.asOf(quarter.lastDay(), tx)).get('reportDueDays').value,
      )
    }
    return days
  }
}

function standing(
  agreement: Agreement,
  quarter: Quarter,
  days: Map<string, number>,
  summaries: readonly ReportSummary[],
) {
  const name = quarter.toString()
  const summary = summaries.find((one) => one.agreementId === agreement.id && one.quarter === name)
  return {
    quarter,
    dueOn: dueOn(quarter, days.get(name)!),
    status: summary?.status ?? 'empty',
    latest: summary?.latest ?? null,
  }
}

function quarterAt(text: string): Quarter | null {
  return /^\d{4}-Q[1-4]$/.test(text) ? Quarter.parse(text) : null
}
