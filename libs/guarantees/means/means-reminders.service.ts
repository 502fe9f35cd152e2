import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Members } from '#members'
import { Notices } from '#notices'
import { DailyWork, Database } from '#platform'
import { Guarantees } from '../guarantees.service.js'
import { readLastMeans } from '../store/means.store.js'

/** In January the delegates of members that did not declare their means for the year are reminded, once. */
@Injectable()
export class MeansReminders implements OnModuleInit {
  constructor(
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.daily.add('guarantee-means', (today) => this.remind(today))
  }

  /**
   * Computed from the register, and each person is written to once a year for each member, however often this runs.
   * @returns how many members had not declared
   */
  async remind(today: Day): Promise<number> {
    if (today.slice(5, 7) !== '01') return 0
    const year = Number(today.slice(0, 4))
    return this.database.transaction(async (tx) => {
      if (!(await this.guarantees.years(tx)).some((one) => one.year <= year)) return 0
      const declared = await readLastMeans(tx, year)
      const silent = (await this.members.asOf(today, tx)).filter(
        ({ id, status }) => status === 'member' && !declared.has(id),
      )
      const names = new Map(silent.map(({ id, name }) => [id, name]))
      const delegates = await this.people.holders('delegate', today, tx)
      await this.notices.send(
        tx,
        delegates
          .filter(({ scopeId }) => scopeId !== null && names.has(scopeId))
          .map(({ personId, name, email, scopeId }) => ({
            notice: 'guarantees/means-reminder',
            to: { personId, name, email },
            model: { memberName: names.get(scopeId!), year, path: `/garanties/draagkracht/${year}` },
            key: `means-reminder:${year}:${scopeId}:${personId}`,
          })),
      )
      return silent.length
    })
  }
}
