import { Inject, Injectable } from '@nestjs/common'
import { QuarterClosings, Reports, type SubmittedContent } from '#accountability'
import { type Agreement, Agreements } from '#agreements'
import { type Cents, centsFromJson, Quarter } from '#kernel'
import { type EntryPosting, Ledger } from '#ledger'
import { Audit, Database, type Tx } from '#platform'
import { ADVANCES, EXECUTION } from './rules/accounts.js'
import { lastDayOf } from './rules/advance-schedule.js'
import { type DueBooking, dueBookings } from './rules/due-bookings.js'
import type { DistrictBookingRow } from './store/booking-entities.js'
import { insertBookings, lockYearOf, readBookings } from './store/bookings.store.js'

/**
 * Books what wijken spent, from their approved quarters: costs of the project, against the advances. What a wijk raised
 * itself (own means) is its own money and stays out of the books; the lines of the agreement add up to the wijkbudget,
 * so what is reported on them is the subsidy (subsidy application 2018, § 10.1: "voor zover het de verantwoording van de
 * sociaal makelaarssubsidie betreft").
 */
@Injectable()
export class ReportBookings {
  constructor(
    @Inject(QuarterClosings) closings: QuarterClosings,
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Audit) private readonly audit: Audit,
  ) {
    closings.onClose((tx, { agreement, quarter, by }) => this.bookYear(tx, agreement, quarter.year, by))
  }

  /** What was booked of a year, of one agreement or all. */
  async of(year: number, agreementId?: string, tx: Tx = this.database.read): Promise<DistrictBookingRow[]> {
    return readBookings(tx, year, agreementId)
  }

  /**
   * Books whatever approved quarters of a year state and the ledger does not have yet. A repeat, also at the same time,
   * books nothing: what is due follows from what was booked, under a lock.
   * @param by who closed the quarter; null when it is made up for later
   */
  async bookYear(tx: Tx, agreement: Agreement, year: number, by: string | null): Promise<void> {
    await lockYearOf(tx, agreement.id, year)
    const booked = await readBookings(tx, year, agreement.id)
    const approved = new Map(
      (await this.reports.approvedContents({ year }, tx))
        .filter((one) => one.agreement.id === agreement.id && one.status === 'approved')
        .map((one) => [one.quarter.toString(), one]),
    )
    const stated = new Map([...approved].map(([quarter, one]) => [quarter, actuals(one)]))
    for (const due of dueBookings(stated, booked)) {
      const number = booked.reduce(
        (most, one) => (one.quarter === due.quarter ? Math.max(most, one.number) : most),
        0,
      )
      await this.book(tx, agreement, due, approved.get(due.quarter)!, number + 1, by)
    }
  }

  /** Books what was approved before this was kept, or while it was not in reach. Safe to repeat. */
  async makeUp(years: readonly number[]): Promise<void> {
    for (const agreement of await this.agreements.all()) {
      if (agreement.kind !== 'district') continue
      for (const year of years.filter((one) => touches(agreement, one)))
        await this.database.transaction((tx) => this.bookYear(tx, agreement, year, null))
    }
  }

  private async book(
    tx: Tx,
    agreement: Agreement,
    { quarter, lines }: DueBooking,
    report: SubmittedContent,
    number: number,
    by: string | null,
  ): Promise<void> {
    const { areaSlug, areaName, accountingDistrictId } = agreement
    const { year, number: at } = Quarter.parse(quarter)
    const entry = await this.ledger.post(tx, {
      idempotencyKey: `quarter:${agreement.id}:${quarter}:${number}`,
      onDay: Quarter.parse(quarter).lastDay(),
      description: `${number > 1 ? 'Verschil na correctie: ' : ''}besteed in ${areaName}, kwartaal ${at} van ${year}`,
      document: `Verantwoording ${areaSlug} ${quarter}, versie ${report.versionNumber}`,
      recordedBy: by,
      whenClosed: 'firstOpenDay',
      postings: postingsOf(lines, accountingDistrictId),
    })
    const booked = (await this.ledger.entry(entry.entryId, tx))!
    await insertBookings(
      tx,
      lines.map(({ lineId, cents }) => ({
        ...{ agreementId: agreement.id, quarter, number, lineId, cents },
        ...{ reportVersion: report.versionNumber, reportSha256: report.sha256 },
        ...{ entryId: entry.entryId, onDay: booked.onDay },
      })),
    )
    await this.audit.record(tx, {
      actorId: by,
      action: 'districtAccounts.quarterBooked',
      subject: { kind: 'agreement', id: agreement.id },
      details: { quarter, number, version: report.versionNumber, entryId: entry.entryId },
    })
  }
}

/** A line of costs for each line of the agreement, and their sum against the advances; nothing when that is level. */
function postingsOf(lines: DueBooking['lines'], accountingDistrictId: string | null): EntryPosting[] {
  const total = lines.reduce((sum, { cents }) => sum + cents, 0n)
  return [
    ...lines.map(({ cents }) => ({ account: EXECUTION, accountingDistrictId, cents })),
    ...(total === 0n ? [] : [{ account: ADVANCES, accountingDistrictId, cents: -total }]),
  ]
}

function actuals({ content }: SubmittedContent): Map<string, Cents> {
  return new Map(content.lines.map(({ id, actualCents }) => [id, centsFromJson(actualCents)]))
}

function touches({ startsOn, endsOn }: Agreement, year: number): boolean {
  return startsOn <= lastDayOf(year) && endsOn >= `${year}-01-01`
}
