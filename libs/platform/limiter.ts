import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Clock } from './clock.js'
import { DailyWork } from './daily-work.js'
import { Database, type Tx } from './database/database.js'
import { sha256Hex } from './ids.js'

/** So many acts of a kind from one client, address or anything else that has a name, in so many minutes. */
export interface Limit {
  /** What is limited, such as `signIn.client`. */
  purpose: string
  /** Whose acts are counted; only a hash of it is kept. */
  key: string
  most: number
  minutes: number
}

const MINUTE_MS = 60_000
/** No limit of ours looks further back. */
const KEPT_MS = 2 * 24 * 60 * MINUTE_MS

/** Counts what passers-by do, in PostgreSQL, so that every process knows. */
@Injectable()
export class Limiter implements OnModuleInit {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Database) private readonly database: Database,
    @Inject(DailyWork) private readonly daily: DailyWork,
  ) {}

  onModuleInit(): void {
    this.daily.add('limits', () => this.forget())
  }

  /**
   * Whether so many acts more stay within every limit. Who asks for the same key waits until this transaction
   * ends, so of many at once no more get through than may.
   */
  async room(tx: Tx, limits: readonly Limit[], acts = 1): Promise<boolean> {
    for (const { purpose, key } of [...limits].sort((a, b) => (a.purpose < b.purpose ? -1 : 1)))
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`${purpose} ${key}`])
    for (const { purpose, key, most, minutes } of limits) {
      const rows: { acts: number }[] = await tx.query(
        'SELECT count(*)::int AS acts FROM limited_acts WHERE purpose = $1 AND key_hash = $2 AND at > $3',
        [purpose, sha256Hex(key), new Date(this.clock.realNow().getTime() - minutes * MINUTE_MS)],
      )
      if (rows[0]!.acts + acts > most) return false
    }
    return true
  }

  /** Counts acts against each limit. */
  async count(tx: Tx, limits: readonly Limit[], acts = 1): Promise<void> {
    for (const { purpose, key } of limits)
      await tx.query(
        `INSERT INTO limited_acts (purpose, key_hash, at) SELECT $1, $2, $3 FROM generate_series(1, $4)`,
        [purpose, sha256Hex(key), this.clock.realNow(), acts],
      )
  }

  private async forget(): Promise<void> {
    await this.database.read.query('DELETE FROM limited_acts WHERE at < $1', [
      new Date(this.clock.realNow().getTime() - KEPT_MS),
    ])
  }
}
