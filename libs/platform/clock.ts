import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { type Day, dayOf } from '#kernel'
import { CONFIG, type Config } from './config/config.js'
import { Database } from './database/database.js'

const REFRESH_MS = 1000

/**
 * The cooperative's time. Real time, except in the demo, where it runs at an offset that is kept
 * in the database so that every process agrees. Sign-in links and sessions use `realNow`.
 */
@Injectable()
export class Clock implements OnModuleInit, OnModuleDestroy {
  private offsetMs = 0
  /** How often the clock was moved here: what was read before the last move is out of date. */
  private moves = 0
  private timer: NodeJS.Timeout | null = null

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.demo) return
    await this.refresh()
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS)
    this.timer.unref()
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer)
  }

  /** The instant that counts for the cooperative's acts. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs)
  }

  /** The calendar day in Amsterdam. */
  today(): Day {
    return dayOf(this.now())
  }

  /** The machine's own time: for links, sessions and mail. */
  realNow(): Date {
    return new Date()
  }

  /** Demo only: from now on the clock shows `instant` and runs on from there. */
  async moveTo(instant: Date): Promise<void> {
    if (!this.config.demo) throw new Error('The clock moves in the demo only')
    const offset = instant.getTime() - Date.now()
    await this.database.read.query(
      `INSERT INTO demo_clock (only_row, offset_ms) VALUES (true, $1)
       ON CONFLICT (only_row) DO UPDATE SET offset_ms = excluded.offset_ms`,
      [offset],
    )
    this.moves++
    this.offsetMs = offset
  }

  private async refresh(): Promise<void> {
    const { moves } = this
    const rows: { offset_ms: bigint }[] = await this.database.read.query('SELECT offset_ms FROM demo_clock')
    if (moves === this.moves) this.offsetMs = Number(rows[0]?.offset_ms ?? 0n)
  }
}
