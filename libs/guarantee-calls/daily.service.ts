import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Clock, DailyWork, Database } from '#platform'
import { CallNotices } from './call-notices.js'
import { type Call, type CalledHolder, GuaranteeCalls } from './guarantee-calls.service.js'
import { reminderDue } from './rules/claim.js'

/** Every day: who has not paid is reminded on the days that the statutes name. */
@Injectable()
export class CallReminders {
  constructor(
    @Inject(DailyWork) daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(CallNotices) private readonly notices: CallNotices,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    daily.add('guaranteeCalls', (today) => this.doAll(today))
  }

  /** Safe to repeat, also by two at once: a reminder of a day is recorded once, and only who records it sends it. */
  async doAll(today: Day): Promise<void> {
    for (const call of await this.calls.all())
      for (const holder of call.holders)
        if (holder.openCents > 0n && holder.claim && !holder.treatment) await this.remind(call, holder, today)
  }

  private async remind(call: Call, holder: CalledHolder, today: Day): Promise<void> {
    const due = reminderDue(call.issue!, call.issue!.issuedOn, today)
    if (!due || holder.claim!.reminders.some(({ dayOffset }) => dayOffset >= due.offset)) return
    await this.database.transaction(async (tx) => {
      const recorded: unknown[] = await tx.query(
        `INSERT INTO guarantee_call_reminders (call_id, member_id, day_offset, sent_on, sent_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING day_offset`,
        [call.id, holder.memberId, due.offset, today, this.clock.now()],
      )
      if (recorded.length > 0) await this.notices.remind(tx, call, holder, due.offset, due.last)
    })
  }
}
