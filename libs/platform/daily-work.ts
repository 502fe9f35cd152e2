import {
  type DynamicModule,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import type { Day } from '#kernel'
import { Clock } from './clock.js'

type Work = (today: Day) => Promise<unknown>

/** What is done by itself every day. Each piece is safe to repeat and to run in two processes at once. */
@Injectable()
export class DailyWork {
  private readonly logger = new Logger(DailyWork.name)
  private readonly works = new Map<string, Work>()

  constructor(@Inject(Clock) private readonly clock: Clock) {}

  add(name: string, work: Work): void {
    this.works.set(name, work)
  }

  /** Does every piece once; one that fails leaves the others alone and is tried again the next time. */
  async doAll(): Promise<void> {
    for (const [name, work] of this.works) {
      try {
        await work(this.clock.today())
      } catch (error) {
        this.logger.error(`${name}: ${(error as Error).message}`)
      }
    }
  }
}

const SOON_MS = 60_000
const HOUR_MS = 60 * 60_000

/** A minute after the start and then every hour: so a day is never missed, whenever a process was started. */
@Injectable()
class DailyRounds implements OnApplicationBootstrap, OnApplicationShutdown {
  private timers: NodeJS.Timeout[] = []
  private round: Promise<void> = Promise.resolve()

  constructor(@Inject(DailyWork) private readonly daily: DailyWork) {}

  onApplicationBootstrap(): void {
    const work = () => {
      this.round = this.round.then(() => this.daily.doAll())
    }
    this.timers = [setTimeout(work, SOON_MS), setInterval(work, HOUR_MS)]
    for (const timer of this.timers) timer.unref()
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer)
    await this.round
  }
}

/** In the worker, or in the web process when it works inline. */
@Module({})
export class DailyWorkModule {
  static when(enabled: boolean): DynamicModule {
    return { module: DailyWorkModule, providers: enabled ? [DailyRounds] : [] }
  }
}
