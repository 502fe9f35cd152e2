import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { DailyWork, Database } from '#platform'
import { InterventionNotices } from './intervention-notices.js'
import { Interventions } from './interventions.service.js'

/** Every day: who is concerned hears what silence did, whose turn it is hears that the last day comes near. */
@Injectable()
export class InterventionDailyWork {
  constructor(
    @Inject(DailyWork) daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(InterventionNotices) private readonly notices: InterventionNotices,
  ) {
    daily.add('interventions', (today) => this.doAll(today))
  }

  /** Safe to repeat: the keys of the notices name their occasion. */
  async doAll(today: Day): Promise<void> {
    for (const known of await this.interventions.all()) {
      await this.database.transaction(async (tx) => {
        await this.notices.happened(tx, known)
        await this.notices.remind(tx, known, today)
      })
    }
  }
}
