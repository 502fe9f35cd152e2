import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import type { Agreement } from '#agreements'
import { type Day, dayOf, type Quarter, RuleViolated } from '#kernel'
import { Audit, Clock, DailyWork, Database, Ids, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { Reports } from '../reports.service.js'
import { daysLate, type Remindable, reminderDue, waitsForWijk } from '../rules/reminding.js'
import type { QuarterStanding } from '../rules/standing.js'
import { hasBegun } from '../rules/timing.js'
import type { ReportReminderRow } from './entities.js'
import { ReminderNotices } from './reminder-notices.js'
import { insertReminder, lockReminders, readReminders } from './reminders.store.js'

/** One report that has begun, with what was sent about it. */
export interface ReportToFollow {
  agreement: Agreement
  quarter: Quarter
  standing: QuarterStanding
  /** Whether the wijk has to do something. */
  open: boolean
  returnedOn: Day | null
  daysLate: number
  /** The first one first. */
  reminders: ReportReminderRow[]
}

const SENTENCE_LIMIT = 500

/**
 * Reminds who has to account for a quarter: by itself at the days that the statutes set, and when somebody of the team
 * presses the button. It stops when the report is submitted.
 */
@Injectable()
export class ReportReminders {
  constructor(
    @Inject(DailyWork) daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReminderNotices) private readonly notices: ReminderNotices,
  ) {
    daily.add('report reminders', (today) => this.remindAll(today))
  }

  /** Every report of a quarter that has begun, by area and quarter. */
  async all(tx?: Tx): Promise<ReportToFollow[]> {
    const sent = await readReminders(tx ?? this.database.read)
    const today = this.clock.today()
    return (await this.reports.standings(tx)).flatMap(({ agreement, quarters }) =>
      quarters
        .filter(({ quarter }) => hasBegun(quarter, today))
        .map((standing) => following(agreement, standing, sent, today)),
    )
  }

  /**
   * Sends what is due today, and tells the team lead in one mail who is late. Safe to repeat: what was sent is
   * recorded in the same transaction, once per report and day of the statutes.
   */
  async remindAll(today: Day): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockReminders(tx)
      const book = await this.statutes.asOf(today, tx)
      const offsets = {
        due: book.find('reportReminderDays')?.value ?? [],
        returned: book.find('reportReturnedReminderDays')?.value ?? [],
      }
      const late: ReportToFollow[] = []
      for (const report of await this.all(tx)) {
        const sent = report.reminders.flatMap(({ kind, countedFrom, dayOffset }) =>
          kind === 'friendly' ? [] : [{ kind, countedFrom, offset: dayOffset }],
        )
        const due = reminderDue(remindable(report), offsets, sent, today)
        if (!due) continue
        const recipients = await this.notices.remind(tx, report, due)
        const { kind, countedFrom, offset } = due
        await this.keep(tx, report, { kind, countedFrom, dayOffset: offset, recipients })
        if (offset > 0) late.push(report)
      }
      await this.notices.digest(tx, late, today)
    })
  }

  /**
   * A friendly reminder of somebody of the team, at most one per report per day. The same again on that day sends
   * nothing.
   * @throws NotFoundException, RuleViolated `reminder.notOpen`, `reminder.sentToday`, `reminder.nobody`,
   * `reminder.sentenceTooLong`
   */
  async friendly(area: string, quarter: string, typed: string, by: Visitor): Promise<void> {
    const sentence = typed.replace(/\s+/g, ' ').trim()
    if (sentence.length > SENTENCE_LIMIT) throw RuleViolated.of('reminder.sentenceTooLong', {}, 'zin')
    await this.database.transaction(async (tx) => {
      await lockReminders(tx)
      const report = await this.find(area, quarter, tx)
      if (!report.open) throw RuleViolated.of('reminder.notOpen')
      const today = this.clock.today()
      const earlier = report.reminders.find(({ kind, sentOn }) => kind === 'friendly' && sentOn === today)
      if (earlier?.sentBy === by.personId && earlier.sentence === sentence) return
      if (earlier) throw RuleViolated.of('reminder.sentToday')
      const recipients = await this.notices.beFriendly(tx, report, sentence, by.name, today)
      if (recipients.length === 0) throw RuleViolated.of('reminder.nobody')
      const friendly = { kind: 'friendly' as const, countedFrom: today, dayOffset: 0, recipients }
      await this.keep(tx, report, friendly, { by: by.personId, sentence })
    })
  }

  /** @throws NotFoundException for no such area, or a quarter that has not begun */
  async find(area: string, quarter: string, tx?: Tx): Promise<ReportToFollow> {
    const found = (await this.all(tx)).find(
      (report) => report.agreement.areaSlug === area && report.quarter.toString() === quarter,
    )
    if (!found) throw new NotFoundException()
    return found
  }

  private async keep(
    tx: Tx,
    { agreement, quarter }: ReportToFollow,
    sent: Pick<ReportReminderRow, 'kind' | 'countedFrom' | 'dayOffset' | 'recipients'>,
    { by, sentence }: { by: string | null; sentence: string } = { by: null, sentence: '' },
  ): Promise<void> {
    await insertReminder(tx, {
      ...{ id: this.ids.next(), agreementId: agreement.id, quarter: quarter.toString(), ...sent },
      ...{ sentence, sentOn: this.clock.today(), sentAt: this.clock.now(), sentBy: by },
    })
    const subject = { kind: 'report', id: `${agreement.areaSlug}/${quarter}` }
    const details = { kind: sent.kind, days: sent.dayOffset, countedFrom: sent.countedFrom }
    await this.audit.record(tx, { actorId: by, action: 'report.reminded', subject, details })
  }
}

function following(
  agreement: Agreement,
  standing: QuarterStanding,
  sent: readonly ReportReminderRow[],
  today: Day,
): ReportToFollow {
  const { quarter, status, dueOn, returnedAt } = standing
  const returnedOn = returnedAt && dayOf(returnedAt)
  const name = quarter.toString()
  return {
    ...{ agreement, quarter, standing, open: waitsForWijk(status), returnedOn },
    daysLate: daysLate({ status, dueOn, returnedOn }, today),
    reminders: sent.filter((one) => one.agreementId === agreement.id && one.quarter === name),
  }
}

function remindable({ standing: { status, dueOn }, returnedOn }: ReportToFollow): Remindable {
  return { status, dueOn, returnedOn }
}
