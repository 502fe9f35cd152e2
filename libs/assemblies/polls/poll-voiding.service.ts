import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { roomTopic } from '../room/room-topic.js'
import { checkExtension, closedBy, minutesAfter } from '../rules/poll-end.js'
import { findDecisionOfPoll } from '../store/decision.store.js'
import type { PollRow } from '../store/poll.entities.js'
import { extendPoll, findPoll, lockPoll, voidPoll } from '../store/poll.store.js'
import { PollNotices } from './poll-notices.js'

/** The chair's acts on a poll that runs otherwise than meant: more time, or starting anew. */
@Injectable()
export class PollVoiding {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(PollNotices) private readonly notices: PollNotices,
  ) {}

  /**
   * Moves the end of an open poll to so many minutes later, or announces one while there is none. Who casts at this
   * moment holds the poll: each ballot is either before the old end, or hears of the new one.
   * @param seen the end that was on the screen (ISO), or '': a repeat finds another end and changes nothing
   * @throws NotFoundException, RuleViolated `poll.voided`, `poll.extendTooLate`, `poll.minutesWrong`,
   * `conflict.keepsOut`
   */
  async extend(pollId: string, minutes: number, seen: string, chair: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const poll = await this.held(tx, pollId, chair)
      if ((poll.closesAt?.toISOString() ?? '') !== seen) return
      const now = this.clock.now()
      RuleViolated.throwIfAny(checkExtension(poll, minutes, now))
      const closesAt = minutesAfter(poll.closesAt ?? now, minutes)
      await extendPoll(tx, pollId, closesAt)
      await this.record(tx, poll, chair, 'poll.extended', { closesAt: closesAt.toISOString() })
    })
  }

  /**
   * Voids a poll that was opened wrongly, before its result is declared: nothing is deleted, its ballots never count,
   * its page stays with the reason, and another poll on the motion can be opened. Its casters are told. A repeat
   * changes nothing.
   * @throws NotFoundException, RuleViolated `poll.voidTooLate`, `poll.voidReasonNeeded`, `conflict.keepsOut`
   */
  async void(pollId: string, reason: string, chair: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const poll = await this.held(tx, pollId, chair)
      if (poll.voidedAt) return
      if (await findDecisionOfPoll(tx, pollId)) throw RuleViolated.of('poll.voidTooLate')
      if (reason.trim() === '') throw RuleViolated.of('poll.voidReasonNeeded', {}, 'reden')
      const at = this.clock.now()
      const closedAt = closedBy(poll, at) ?? at
      await voidPoll(tx, pollId, { at, by: chair.personId, reason: reason.trim(), closedAt })
      await this.record(tx, poll, chair, 'poll.voided', { reason: reason.trim() })
      await this.notices.voided(tx, (await findPoll(tx, pollId))!)
    })
  }

  /** The poll, locked as for closing, for a chair who has no interest of the own in it. */
  private async held(tx: Tx, pollId: string, chair: Visitor): Promise<PollRow> {
    const poll = await lockPoll(tx, pollId)
    if (!poll) throw new NotFoundException()
    await this.conflicts.keepOut(tx, chair, poll.motionId)
    return poll
  }

  private async record(
    tx: Tx,
    { id, assemblyId }: PollRow,
    chair: Visitor,
    action: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(tx, { actorId: chair.personId, action, subject: { kind: 'poll', id }, details })
    await this.live.announce(tx, roomTopic(assemblyId))
  }
}
