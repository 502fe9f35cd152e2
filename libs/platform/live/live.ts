import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import pg from 'pg'
import { CONFIG, type Config } from '../config/config.js'
import { applicationPoolOptions } from '../database/data-source.js'
import type { Tx } from '../database/database.js'

const CHANNEL = 'samen_live'
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000

type Listener = () => void

/**
 * Tells every web process that something changed, through PostgreSQL's LISTEN and NOTIFY. A topic says only
 * where to look again, never what: who listens reads the state itself, so a lost message loses nothing but
 * time, and after a lost connection every listener is told.
 */
@Injectable()
export class Live implements OnApplicationShutdown {
  private readonly logger = new Logger(Live.name)
  private readonly listeners = new Map<string, Set<Listener>>()
  private client: pg.Client | null = null
  private retry: NodeJS.Timeout | null = null
  private pause = FIRST_PAUSE_MS
  private stopped = false

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Announces a change; heard when the transaction commits, never when it fails. Without one, at once. */
  async announce(tx: Tx, topic: string): Promise<void> {
    await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, topic])
  }

  /** Calls the listener after each announcement of the topic. @returns how to stop */
  listen(topic: string, listener: Listener): () => void {
    const ofTopic = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, ofTopic.add(listener))
    if (!this.client && !this.retry) void this.connect()
    return () => {
      ofTopic.delete(listener)
      if (ofTopic.size === 0 && this.listeners.get(topic) === ofTopic) this.listeners.delete(topic)
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true
    if (this.retry) clearTimeout(this.retry)
    this.listeners.clear()
    await this.client?.end().catch(() => undefined)
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      connectionTimeoutMillis: 10_000,
      ...applicationPoolOptions(),
    })
    this.client = client
    client.on('notification', ({ payload }) => this.tell(payload ?? ''))
    client.on('error', (error) => this.connectAgain(client, error))
    client.on('end', () => this.connectAgain(client))
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      this.pause = FIRST_PAUSE_MS
      for (const topic of this.listeners.keys()) this.tell(topic)
    } catch (error) {
      this.connectAgain(client, error as Error)
    }
  }

  private connectAgain(lost: pg.Client, error?: Error): void {
    if (this.stopped || this.client !== lost) return
    this.client = null
    if (error) this.logger.warn(`Listening: ${error.message}`)
    void lost.end().catch(() => undefined)
    this.retry = setTimeout(() => {
      this.retry = null
      void this.connect()
    }, this.pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS)
  }

  private tell(topic: string): void {
    for (const listener of this.listeners.get(topic) ?? []) listener()
  }
}
