import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Clock, DailyWork, Database } from '#platform'
import { contentsEndBefore } from './rules/retention.js'
import { removeContents } from './store/import-records.js'

/** Lets go of what an import file holds of people; that it was imported, by whom and with which outcome stays. */
@Injectable()
export class ImportRetention implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.add('member-imports', () => this.letGo())
  }

  /** A repeat finds nothing to do. @returns how many files went */
  async letGo(): Promise<number> {
    const before = contentsEndBefore(this.clock.now())
    return this.database.transaction((tx) => removeContents(tx, before))
  }
}
