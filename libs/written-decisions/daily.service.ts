import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { DailyWork, Database } from '#platform'
import { WrittenAnswering } from './answering.service.js'
import { reminderDue } from './rules/course.js'
import { listUnsettled, lockWritten } from './store/written.store.js'
import { WrittenDecisions } from './written-decisions.service.js'
import { WrittenNotices } from './written-notices.js'

/** Every day: what came to its end gets its outcome, who was admitted meanwhile is asked, who is silent is reminded. */
@Injectable()
export class WrittenDailyWork {
  constructor(
    @Inject(DailyWork) daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
    @Inject(WrittenAnswering) private readonly answering: WrittenAnswering,
    @Inject(WrittenNotices) private readonly notices: WrittenNotices,
  ) {
    daily.add('written decisions', (today) => this.doAll(today))
  }

  /** Safe to repeat: an outcome is recorded once, and the keys of the notices name their occasion. */
  async doAll(today: Day): Promise<void> {
    await this.answering.settleAll()
    for (const id of await listUnsettled(this.database.read)) await this.askAndRemind(id, today)
  }

  private async askAndRemind(id: string, today: Day): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockWritten(tx, id)
      const known = await this.written.find(id, tx)
      if (known?.state !== 'open') return
      const { proposal, opening } = known
      const { closesOn, openedOn } = opening!
      const answered = new Set((await this.written.answers(id, tx)).map(({ memberId }) => memberId))
      const silent = (await this.written.entitledOn(today, tx)).filter(
        ({ memberId }) => !answered.has(memberId),
      )
      const of = { id, title: proposal.title, closesOn }
      await this.notices.ask(tx, of, silent)
      const due = reminderDue(openedOn, closesOn, today)
      if (due) await this.notices.remind(tx, of, due, silent)
    })
  }
}
