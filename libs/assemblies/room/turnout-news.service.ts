import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database, Live } from '#platform'
import { assemblyOfPoll } from '../store/room.store.js'
import { roomTopic } from './room-topic.js'

/** How often at most the turnout of a poll is announced by one process. */
const AT_MOST_EVERY_MS = 1_000

/**
 * Tells the rooms that ballots came in: after they were committed, outside their transaction, and once a second however
 * many there were. So no voter waits for another, and the moment says nothing about a ballot.
 */
@Injectable()
export class TurnoutNews implements OnModuleDestroy {
  private readonly waiting = new Map<string, NodeJS.Timeout>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Live) private readonly live: Live,
  ) {}

  onModuleDestroy(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer)
  }

  /** Ballots of this poll were recorded. */
  changed(pollId: string): void {
    if (this.waiting.has(pollId)) return
    const timer = setTimeout(() => {
      this.waiting.delete(pollId)
      void this.announce(pollId)
    }, AT_MOST_EVERY_MS)
    this.waiting.set(pollId, timer.unref())
  }

  /** A lost announcement costs seconds: rooms are read again every so often. */
  private async announce(pollId: string): Promise<void> {
    try {
      const assemblyId = await assemblyOfPoll(this.database.read, pollId)
      if (assemblyId) await this.live.announce(this.database.read, roomTopic(assemblyId))
    } catch {
      // The database is away.
    }
  }
}
