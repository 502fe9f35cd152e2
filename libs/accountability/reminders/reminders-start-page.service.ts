import { Inject, Injectable } from '@nestjs/common'
import type { Happening, Task, Visitor } from '#platform'
import { ReportReminders } from './report-reminders.service.js'

/** For the team lead: who is late. */
@Injectable()
export class RemindersStartPage {
  constructor(@Inject(ReportReminders) private readonly reminders: ReportReminders) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('teamLead')) return []
    const late = (await this.reminders.all()).filter(({ daysLate }) => daysLate > 0)
    if (late.length === 0) return []
    const values = { count: String(late.length) }
    return [
      {
        ...{ key: 'accountability.reminders.tasks.late', values, href: '/verantwoording/stand' },
        ...{ dueOn: null, openNow: false },
      },
    ]
  }

  async happeningsFor(_visitor: Visitor): Promise<Happening[]> {
    return []
  }
}
