import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import { type Day, daysBetween } from '#kernel'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import type { Reminder } from '../rules/reminding.js'
import type { ReportToFollow } from './report-reminders.service.js'

/** The mails that remind of a report. */
@Injectable()
export class ReminderNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Reminds treasurer and coordinator. @returns to whom, by name */
  async remind(tx: Tx, report: ReportToFollow, reminder: Reminder): Promise<string[]> {
    const { kind, countedFrom, offset } = reminder
    const day = daysBetween(report.standing.dueOn, this.clock.today())
    const model = {
      ...subjectOf(report),
      ...{ returned: kind === 'returned', returnedOn: longDay('nl', countedFrom) },
      ...{ daysLeft: day < 0 ? -day : null, today: day === 0, daysLate: day > 0 ? day : null },
      toSign: report.standing.completed !== null,
    }
    return this.toWijk(tx, report, 'report-reminder', `${kind}:${countedFrom}:${offset}`, model)
  }

  /** A word of somebody of the team. @returns to whom, by name; empty when the wijk has nobody */
  async beFriendly(
    tx: Tx,
    report: ReportToFollow,
    sentence: string,
    by: string,
    today: Day,
  ): Promise<string[]> {
    const model = { ...subjectOf(report), ...{ sentence, by, returned: report.returnedOn !== null } }
    return this.toWijk(tx, report, 'report-friendly-reminder', today, model)
  }

  /** One mail a day to the team lead about who is late or does not mend what came back. */
  async digest(tx: Tx, late: readonly ReportToFollow[], today: Day): Promise<void> {
    if (late.length === 0) return
    const leads = await this.people.holders('teamLead', today, tx)
    const reports = late.map((report) => ({
      ...subjectOf(report),
      ...{ daysLate: report.daysLate || null, returned: report.returnedOn !== null },
    }))
    await this.notices.send(
      tx,
      once(leads).map(({ personId, name, email }) => ({
        ...{ notice: 'accountability/report-digest', to: { personId, name, email } },
        ...{ model: { reports }, key: `report-digest:${today}:${personId}` },
      })),
    )
  }

  private async toWijk(
    tx: Tx,
    report: ReportToFollow,
    notice: string,
    occasion: string,
    model: object,
  ): Promise<string[]> {
    const to = await this.wijk(tx, report)
    const { agreement, quarter } = report
    await this.notices.send(
      tx,
      to.map(({ personId, name, email }) => ({
        ...{ notice: `accountability/${notice}`, to: { personId, name, email }, model },
        key: `${notice}:${agreement.id}:${quarter}:${occasion}:${personId}`,
      })),
    )
    return to.map(({ name }) => name)
  }

  private async wijk(tx: Tx, { agreement }: ReportToFollow): Promise<Holder[]> {
    const today = this.clock.today()
    const treasurers = await this.people.holders('treasurer', today, tx)
    const coordinators = await this.people.holders('coordinator', today, tx)
    return once([...treasurers, ...coordinators]).filter(
      ({ scopeId }) => scopeId === agreement.counterparty.id,
    )
  }
}

function subjectOf({ agreement, quarter, standing }: ReportToFollow) {
  return {
    ...{ areaName: agreement.areaName, quarterNumber: String(quarter.number), year: String(quarter.year) },
    ...{ dueOn: longDay('nl', standing.dueOn), path: `/verantwoording/${agreement.areaSlug}/${quarter}` },
  }
}

/** Who holds two roles gets one mail. */
function once(holders: readonly Holder[]): Holder[] {
  return [...new Map(holders.map((holder) => [`${holder.personId}:${holder.scopeId}`, holder])).values()]
}
