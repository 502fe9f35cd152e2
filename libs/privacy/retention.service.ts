import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { ApplicationRetention } from '#admissions'
import { Audit, Clock, DailyWork, Database } from '#platform'
import { erasePastRetention, type LetGoNow } from './store/erasing.store.js'

/** What went of everything that was past its time. */
export interface LetGoOf extends LetGoNow {
  drafts: number
  evidence: number
}

/** Lets go, every day, of what is kept no longer. */
@Injectable()
export class Retention implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ApplicationRetention) private readonly applications: ApplicationRetention,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.add('retention', () => this.letGo())
  }

  /** Ended sessions, old requests to sign in, the contents of old notices. A repeat finds nothing to do. */
  async letGo(): Promise<LetGoNow> {
    return this.database.transaction(async (tx) => {
      const gone = await erasePastRetention(tx, this.clock.now())
      if (gone.notices > 0)
        await this.audit.record(tx, {
          actorId: null,
          action: 'notices.erased',
          subject: { kind: 'notices', id: 'retention' },
          details: { notices: gone.notices },
        })
      return gone
    })
  }

  /** All of it now, applications too: for the command line. */
  async letGoOfAll(): Promise<LetGoOf> {
    return { ...(await this.applications.removeStaleDrafts(this.clock.today())), ...(await this.letGo()) }
  }
}
