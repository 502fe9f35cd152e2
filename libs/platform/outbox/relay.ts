import { InjectQueue } from '@nestjs/bullmq'
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import type { Queue } from 'bullmq'
import { Database } from '../database/database.js'
import { NOTICES_QUEUE } from './outbox.js'

const POLL_MS = 500
const BATCH = 200
/** A message that was handed over but is not done after this time is offered again. */
const OFFER_AGAIN = '5 minutes'

interface Pending {
  id: string
  payload: Record<string, unknown>
}

/**
 * Hands committed outbox messages to the queue. Job id = message id, so offering one twice makes
 * one job; a message is offered again until its consumer marks it done, so an emptied queue or a
 * mail server that was down for a day loses nothing.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name)
  private stopped = false
  private loop: Promise<void> = Promise.resolve()
  private wake: () => void = () => undefined

  constructor(
    @Inject(Database) private readonly database: Database,
    @InjectQueue(NOTICES_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run()
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.wake()
    await this.loop
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      let handed = 0
      try {
        handed = await this.relayOnce()
      } catch (error) {
        if (!this.stopped) this.logger.error(`Relay: ${(error as Error).message}`)
      }
      if (handed < BATCH && !this.stopped) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
          setTimeout(resolve, POLL_MS).unref()
        })
      }
    }
  }

  /**
   * One round: at most 200 messages. Two relays at once skip each other's rows. If the process
   * dies after the hand-over and before the commit, the next round offers the same job ids.
   * @returns how many messages were handed over.
   */
  async relayOnce(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const pending: Pending[] = await tx.query(
        `SELECT id, payload FROM outbox_messages
         WHERE done_at IS NULL AND queue = $1 AND (offered_at IS NULL OR offered_at < now() - $2::interval)
         ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [NOTICES_QUEUE, OFFER_AGAIN],
      )
      if (pending.length === 0) return 0
      await this.queue.addBulk(
        pending.map(({ id, payload }) => ({
          name: 'notice',
          data: payload,
          opts: { jobId: id, ...jobOptions },
        })),
      )
      await tx.query('UPDATE outbox_messages SET offered_at = now() WHERE id = ANY($1::uuid[])', [
        pending.map(({ id }) => id),
      ])
      return pending.length
    })
  }
}

/** Jobs leave the queue when done or given up: what must not be forgotten stands in PostgreSQL. */
const jobOptions = {
  attempts: 6,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: true,
}
