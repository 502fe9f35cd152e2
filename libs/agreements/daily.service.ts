import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { addDays, type Day } from '#kernel'
import { DailyWork, Database } from '#platform'
import { AgreementNotices } from './agreement-notices.js'
import { Agreements } from './agreements.service.js'
import { Counterparties } from './counterparties.service.js'
import { Negotiations } from './negotiations.service.js'
import { DAYS_BEFORE_END } from './rules/ending.js'

/** Says in time that an agreement ends, while nobody works on a next one. Each end is told once. */
@Injectable()
export class AgreementsDailyWork implements OnModuleInit {
  constructor(
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
    @Inject(AgreementNotices) private readonly notices: AgreementNotices,
  ) {}

  onModuleInit(): void {
    this.daily.add('agreements', (today) => this.tellEnds(today))
  }

  /** @returns of how many agreements the end is near and nobody works on a next one */
  async tellEnds(today: Day): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ending = (await this.agreements.all(tx)).filter(
        ({ endsOn, versions }) =>
          versions.length > 0 && endsOn >= today && endsOn <= addDays(today, DAYS_BEFORE_END),
      )
      let told = 0
      for (const agreement of ending) {
        if (await this.negotiations.runningOf(agreement.id, tx)) continue
        const party = (await this.counterparties.find(agreement.counterparty.id, tx))!
        await this.notices.endsSoon(tx, agreement, party)
        told++
      }
      return told
    })
  }
}
