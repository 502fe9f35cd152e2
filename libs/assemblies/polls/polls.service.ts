import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Live, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { VotedTexts } from '../motions/voted-texts.service.js'
import { roomTopic } from '../room/room-topic.js'
import { closedBy } from '../rules/poll-end.js'
import { judge } from '../rules/poll-rule.js'
import { countPoll } from '../store/count.store.js'
import {
  findDecisionOfPoll,
  insertDecision,
  nextDecisionNumber,
  type RegisteredDecision,
} from '../store/decision.store.js'
import type { PollRow } from '../store/poll.entities.js'
import { closePoll, findPoll, insertResult, lockPoll, type PollInContext } from '../store/poll.store.js'
import { PaperCounts } from './paper-counts.service.js'
import { PollNotices } from './poll-notices.js'
import { PollOpening } from './poll-opening.service.js'

/** The chair's acts on a poll: open, close, declare. */
@Injectable()
export class Polls {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(PollOpening) private readonly opening: PollOpening,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(PollNotices) private readonly notices: PollNotices,
    @Inject(VotedTexts) private readonly votedTexts: VotedTexts,
    @Inject(PaperCounts) private readonly paper: PaperCounts,
  ) {}

  /**
   * Opens a poll; see {@link PollOpening.open}.
   * @returns the poll's id
   */
  async open(
    assemblyId: string,
    motionId: string,
    chair: Visitor,
    {
      minutes = null,
      amendmentId = null,
      method = 'digital',
    }: { minutes?: number | null; amendmentId?: string | null; method?: 'digital' | 'paper' } = {},
  ): Promise<string> {
    return this.database.transaction((tx) =>
      this.opening.open(tx, { assemblyId, motionId, amendmentId, minutes, method }, chair),
    )
  }

  /**
   * Closes the poll: waits for whoever is casting at this moment and refuses all after. When its announced end
   * has passed, that is when it closed. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `conflict.keepsOut`
   */
  async close(pollId: string, chair: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const poll = await lockPoll(tx, pollId)
      if (!poll) throw new NotFoundException()
      if (poll.closedAt) return
      await this.conflicts.keepOut(tx, chair, poll.motionId)
      await this.closeNow(tx, poll, chair)
    })
  }

  /**
   * Declares the result: counts, judges by the frozen rule, and enters the decision into the register under
   * the next number of the year, adopted or not. Nobody changes it afterwards (BW 2:13: the chair's ruling is
   * decisive); a repeat gives the decision that is there.
   * @throws NotFoundException, RuleViolated `poll.notClosed`, `poll.voided`, `conflict.keepsOut`; on paper
   * `paper.notAgreed`, `paper.scanNeeded`
   */
  async declare(pollId: string, chair: Visitor): Promise<RegisteredDecision> {
    return this.database.transaction(async (tx) => {
      const locked = await lockPoll(tx, pollId)
      const poll = locked && (await findPoll(tx, pollId))
      if (!poll) throw new NotFoundException()
      const known = await findDecisionOfPoll(tx, pollId)
      if (known) return known
      if (locked.voidedAt) throw RuleViolated.of('poll.voided')
      await this.conflicts.keepOut(tx, chair, poll.motionId)
      if (!closedBy(locked, this.clock.now())) throw RuleViolated.of('poll.notClosed')
      if (!locked.closedAt) await this.closeNow(tx, locked, chair)

      const adopted = await this.recordResult(tx, poll, chair)
      await this.votedTexts.afterDeclaration(tx, poll, adopted, chair.personId)
      const replaced = locked.revoteOf ? await findDecisionOfPoll(tx, locked.revoteOf) : null
      const decision = await this.recordDecision(tx, poll, adopted, replaced?.id ?? null)
      await this.record(tx, chair, 'poll.declared', pollId, { adopted, decisionId: decision.id })
      await this.notices.declared(tx, poll, decision)
      await this.live.announce(tx, roomTopic(poll.assemblyId))
      return decision
    })
  }

  private async recordResult(tx: Tx, poll: PollInContext, chair: Visitor): Promise<boolean> {
    const onPaper = poll.method === 'paper'
    const count = onPaper ? await this.paper.total(tx, poll.id) : await countPoll(tx, poll.id)
    const { adopted, base, needed, quorumReached, quorumNeeded, reason } = judge(poll.rule, count)
    await insertResult(tx, {
      pollId: poll.id,
      ...count,
      ...{ adopted, base, needed, quorumReached, quorumNeeded, reason },
      declaredAt: this.clock.now(),
      declaredBy: chair.personId,
    })
    return adopted
  }

  private async closeNow(tx: Tx, poll: PollRow, chair: Visitor): Promise<void> {
    const now = this.clock.now()
    const closedAt = closedBy(poll, now) ?? now
    await closePoll(tx, poll.id, closedAt, chair.personId)
    await this.record(tx, chair, 'poll.closed', poll.id, { closedAt: closedAt.toISOString() })
    await this.live.announce(tx, roomTopic(poll.assemblyId))
  }

  private async recordDecision(
    tx: Tx,
    poll: PollInContext,
    adopted: boolean,
    replacesId: string | null,
  ): Promise<RegisteredDecision> {
    const decidedOn = this.clock.today()
    const number = await nextDecisionNumber(tx, Number(decidedOn.slice(0, 4)))
    const { title, question, text, motionId, assemblyId, authorisesKind, authorisesId } = poll
    const line = {
      id: this.ids.next(),
      ...number,
      pollId: poll.id,
      writtenDecisionId: null,
      assemblyId,
      title,
      question,
      text,
      adopted,
      decidedOn,
    }
    await insertDecision(tx, {
      ...line,
      motionId,
      authorisesKind,
      authorisesId,
      replacesId,
      recordedAt: this.clock.now(),
    })
    return line
  }

  private record(tx: Tx, chair: Visitor, action: string, id: string, details: Record<string, unknown> = {}) {
    return this.audit.record(tx, { actorId: chair.personId, action, subject: { kind: 'poll', id }, details })
  }
}
