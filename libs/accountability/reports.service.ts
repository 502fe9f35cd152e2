import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Agreement, Agreements, type AgreementVersion, quartersOf, versionForQuarter } from '#agreements'
import { type Cents, type Day, Quarter } from '#kernel'
import { Database, Ids, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { KnownActuals } from './known-actuals.js'
import { type Course, courseOf } from './rules/course.js'
import type { ReportContent } from './rules/report-content.js'
import type { ReportTemplate } from './rules/report-template.js'
import { type QuarterStanding, standingOf } from './rules/standing.js'
import { type ReportStatus, statusOf } from './rules/status.js'
import { dueOn } from './rules/timing.js'
import { readEvents } from './store/report-events.js'
import {
  lastSaved,
  lockQuarters,
  lockReport,
  type ReportRecord,
  type ReportVersion,
  readReport,
} from './store/report-records.js'
import { readLiveVersions, readSummaries } from './store/report-summaries.js'

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
  /** Where its sections stand, and who did what last. */
  course: Course
  /** The version that is reviewed or was approved; null when there is none or all were withdrawn. */
  latest: ReportVersion | null
  /** What the quarter before stated, in the same year; null in the first quarter and when nothing was submitted. */
  previous: ReportContent | null
  /** What was spent per line according to the wijk's own books, for a draft that nobody began; else null. */
  known: ReadonlyMap<string, Cents> | null
}

/** A report whose row is locked until the transaction ends: what was read of it stays so. */
export type LockedReport = Report & { record: ReportRecord }

/** An agreement with where each of its quarters stands. */
export interface Standings {
  agreement: Agreement
  quarters: QuarterStanding[]
}

/** What a report stated, with where it stands now. */
export interface SubmittedContent {
  agreement: Agreement
  quarter: Quarter
  versionNumber: number
  sha256: string
  content: ReportContent
  status: ReportStatus
}

/** Reads quarterly reports; the acts are in `Drafting`, `SigningOff` and `Reviewing`. */
@Injectable()
export class Reports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(KnownActuals) private readonly known: KnownActuals,
  ) {}

  /** The report at an address, in one snapshot unless a transaction is given; null when there is no such thing. */
  async find(address: ReportAddress, tx?: Tx): Promise<Report | null> {
    return tx ? this.read(tx, address) : this.database.snapshot((snapshot) => this.read(snapshot, address))
  }

  /**
   * Locks a report for an act, and makes its row when it is the first. All acts on one report come one after the
   * other.
   * @param permit throws when the act may not be done.
   * @param all locks the other quarters of the agreement too, for what can close the next one.
   * @throws NotFoundException
   */
  async lock(
    tx: Tx,
    address: ReportAddress,
    permit: (report: Report) => void,
    all = false,
  ): Promise<LockedReport> {
    const found = await this.read(tx, address)
    if (!found) throw new NotFoundException()
    permit(found)
    if (all) await lockQuarters(tx, found.agreement.id)
    await lockReport(tx, this.ids.next(), found.agreement.id, found.quarter.toString())
    return (await this.read(tx, address)) as LockedReport
  }

  /** All agreements that account every quarter, with where each of their quarters stands, by area and quarter. */
  async standings(given?: Tx): Promise<Standings[]> {
    const read = async (tx: Tx) => {
      const agreements = await this.reporting(tx)
      const summaries = await readSummaries(
        tx,
        agreements.map(({ id }) => id),
      )
      const days = await this.dueDays(tx, agreements)
      return agreements.map((agreement) => ({
        agreement,
        quarters: quartersOf(agreement).map((quarter): QuarterStanding => {
          const name = quarter.toString()
          const summary = summaries.find((one) => one.agreementId === agreement.id && one.quarter === name)
          const agreed = versionForQuarter(agreement, quarter)?.terms.reportDueDays
          return standingOf(quarter, dueOn(quarter, agreed ?? days.get(name)!), summary ?? null)
        }),
      }))
    }
    return given ? read(given) : this.database.snapshot(read)
  }

  /**
   * What was submitted about a quarter or a year and not withdrawn: of each report the newest version, with where
   * the report stands now; by quarter and area. Who wants only what was approved looks at `status`. Three queries,
   * however many reports there are.
   */
  async approvedContents(
    filter: { year: number } | { quarter: Quarter },
    given?: Tx,
  ): Promise<SubmittedContent[]> {
    const quarters =
      'quarter' in filter ? [filter.quarter] : [1, 2, 3, 4].map((n) => Quarter.parse(`${filter.year}-Q${n}`))
    const read = async (tx: Tx) => {
      const agreements = new Map((await this.agreements.all(tx)).map((one) => [one.id, one]))
      const versions = await readLiveVersions(
        tx,
        quarters.map((quarter) => quarter.toString()),
      )
      const events = await readEvents(
        tx,
        versions.map(({ reportId }) => reportId),
      )
      const contents = versions.map(({ reportId, agreementId, quarter, number, sha256, content }) => ({
        agreement: agreements.get(agreementId)!,
        quarter: Quarter.parse(quarter),
        versionNumber: number,
        sha256,
        content: JSON.parse(content) as ReportContent,
        status: statusOf(courseOf(events.get(reportId) ?? []), true),
      }))
      return contents.sort((a, b) => order(a.quarter.toString(), b.quarter.toString()) || byArea(a, b))
    }
    return given ? read(given) : this.database.snapshot(read)
  }

  private async reporting(tx: Tx): Promise<Agreement[]> {
    return (await this.agreements.all(tx)).filter(({ kind }) => kind === 'district')
  }

  private async read(tx: Tx, address: ReportAddress): Promise<Report | null> {
    const agreement = await this.agreements.byArea(address.area, tx)
    const quarter = quarterAt(address.quarter)
    const agreementVersion = agreement && quarter ? versionForQuarter(agreement, quarter) : null
    if (agreement?.kind !== 'district' || !quarter || !agreementVersion) return null
    const record = await readReport(tx, agreement.id, quarter.toString())
    const statutes = await this.statutes.asOf(quarter.lastDay(), tx)
    const course = courseOf(record?.events ?? [])
    return {
      agreement,
      agreementVersion,
      template: agreementVersion.terms,
      quarter,
      dueOn: dueOn(quarter, agreementVersion.terms.reportDueDays ?? statutes.get('reportDueDays').value),
      status: statusOf(course, isBegun(record)),
      record,
      course,
      latest: liveVersion(record, course),
      previous: await this.previousOf(tx, agreement, quarter),
      known: record?.fields.size ? null : await this.known.of(tx, agreement.id, quarter),
    }
  }

  private async previousOf(tx: Tx, agreement: Agreement, quarter: Quarter): Promise<ReportContent | null> {
    if (quarter.number === 1) return null
    const before = await readReport(tx, agreement.id, quarter.previous().toString())
    const latest = liveVersion(before, courseOf(before?.events ?? []))
    return latest ? (JSON.parse(latest.content) as ReportContent) : null
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

function isBegun(record: ReportRecord | null): boolean {
  return record !== null && (lastSaved(record.fields) !== null || record.annexes.length > 0)
}

function liveVersion(record: ReportRecord | null, { live }: Course): ReportVersion | null {
  return record?.versions.find(({ number }) => number === live?.number) ?? null
}

function quarterAt(text: string): Quarter | null {
  return /^\d{4}-Q[1-4]$/.test(text) ? Quarter.parse(text) : null
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function byArea(a: SubmittedContent, b: SubmittedContent): number {
  return a.agreement.areaName.localeCompare(b.agreement.areaName, 'nl')
}
