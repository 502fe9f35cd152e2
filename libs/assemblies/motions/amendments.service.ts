import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { roomTopic } from '../room/room-topic.js'
import { moved } from '../rules/agenda.js'
import {
  amendmentQuestion,
  amendmentState,
  amendmentTitle,
  checkOffering,
  isSettled,
} from '../rules/amendments.js'
import { assemblyPhase } from '../rules/assembly-phase.js'
import {
  type Amendment,
  findAmendment,
  insertAmendment,
  markAmendmentLapsed,
  markAmendmentWithdrawn,
  readAmendments,
  writeAmendmentOrder,
} from '../store/amendment.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import { findMotion, lockMotion, type MotionInContext } from '../store/motion.store.js'
import { findMotionText } from '../store/motion-text.store.js'
import { Proposers } from './proposers.service.js'

/** Amendments: offering, withdrawing, setting aside, and the order of voting. */
@Injectable()
export class Amendments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(Proposers) private readonly proposers: Proposers,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
  ) {}

  /**
   * Offers a new text for the motion, until its poll opens: who offers and who opens the poll wait for each other.
   * The id comes from the form: a repeat adds nothing.
   * @param content with the number of the text that was on the screen; 0: the question
   * @throws NotFoundException, RuleViolated `motion.noProposer`, `amendment.sameText`, `amendment.textChanged`,
   * `conflict.keepsOut` (who offers for an organ), and the codes of {@link checkOffering}
   */
  async offer(
    motionId: string,
    id: string,
    content: { text: string; reasoning: string; baseNumber: number },
    chosen: string,
    visitor: Visitor,
  ): Promise<void> {
    await this.onMotion(motionId, async (tx, motion) => {
      const amendments = await readAmendments(tx, motionId)
      if (amendments.some((one) => one.id === id)) return
      RuleViolated.throwIfAny(this.offering(motion))
      const proposer = await this.proposers.chosen(visitor, chosen, motion.heldOn, tx)
      if (proposer.proposerOrgan) await this.conflicts.keepOut(tx, visitor, motionId)
      const present = await findMotionText(tx, motionId)
      const baseText = present?.text ?? motion.question
      const { text, reasoning, baseNumber } = content
      if ((present?.number ?? 0) !== baseNumber) throw RuleViolated.of('amendment.textChanged', {}, 'tekst')
      if (baseText === text) throw RuleViolated.of('amendment.sameText', {}, 'tekst')
      const number = amendments.length + 1
      await insertAmendment(tx, {
        ...{ id, motionId, number, position: number, text, baseText, reasoning, ...proposer },
        title: amendmentTitle(number, motion.title),
        question: amendmentQuestion(motion.title),
        submittedAt: this.clock.now(),
        submittedBy: visitor.personId,
      })
      await this.record(tx, visitor, 'amendment.offered', id, { motionId, number, ...proposer })
    })
  }

  /** Whether an amendment may be offered now. @returns at most one violation */
  offering(motion: MotionInContext) {
    // Without a quorum the second assembly decides on what the first one was convened for, and on nothing else.
    if (motion.secondOf) return [{ code: 'second.sameMotion' }]
    return checkOffering(...this.standing(motion))
  }

  private standing(motion: MotionInContext) {
    const over = assemblyPhase(motion, this.clock.now()) === 'ended'
    return [{ over }, { withdrawnAt: motion.withdrawnAt, hasPoll: motion.pollId !== null }] as const
  }

  /**
   * Withdraws an amendment before its poll opens, by who offered it; it stays in the record. A repeat changes
   * nothing.
   * @throws NotFoundException, RuleViolated `motion.notYours`, `amendment.settled`, `amendment.inVote`
   */
  async withdraw(id: string, visitor: Visitor): Promise<void> {
    await this.onAmendment(id, async (tx, amendment) => {
      if (!this.proposers.actsFor(visitor, amendment)) throw RuleViolated.of('motion.notYours')
      if (amendment.withdrawnAt) return
      this.checkStillOffered(amendment)
      await markAmendmentWithdrawn(tx, id, this.clock.now(), visitor.personId)
      await this.record(tx, visitor, 'amendment.withdrawn', id)
    })
  }

  /**
   * The chair sets an amendment aside, with the reason: one that was adopted leaves nothing of it to decide, or
   * it no longer fits. A repeat keeps the first reason.
   * @throws NotFoundException, RuleViolated `amendment.settled`, `amendment.inVote`
   */
  async setAside(id: string, reason: string, visitor: Visitor): Promise<void> {
    await this.onAmendment(id, async (tx, amendment) => {
      if (amendment.lapsedAt) return
      await this.conflicts.keepOut(tx, visitor, amendment.motionId)
      this.checkStillOffered(amendment)
      await markAmendmentLapsed(tx, id, { at: this.clock.now(), by: visitor.personId, reason })
      await this.record(tx, visitor, 'amendment.setAside', id, { reason })
    })
  }

  /**
   * Moves an amendment a place up (-1) or down (1) in the order of voting, among those that are not settled: the
   * widest comes first. At the end of the list it stays where it is.
   * @param place the place it had on the screen: a second press of the same button moves nothing
   * @throws NotFoundException, RuleViolated `amendment.settled`, `amendment.inVote`
   */
  async move(id: string, by: -1 | 1, place: number, visitor: Visitor): Promise<void> {
    await this.onAmendment(id, async (tx, amendment) => {
      this.checkStillOffered(amendment)
      if (amendment.position !== place) return
      await this.conflicts.keepOut(tx, visitor, amendment.motionId)
      const all = await readAmendments(tx, amendment.motionId)
      const movable = all.filter((one) => amendmentState(one) === 'offered').map((one) => one.id)
      const queue = moved(movable, id, by)
      const order = all.map((one) => (movable.includes(one.id) ? queue.shift()! : one.id))
      if (order.join() === all.map((one) => one.id).join()) return
      await writeAmendmentOrder(tx, amendment.motionId, order)
      await this.record(tx, visitor, 'amendment.moved', id, { order })
    })
  }

  private checkStillOffered(amendment: Amendment): void {
    if (isSettled(amendment)) throw RuleViolated.of('amendment.settled')
    if (amendment.poll) throw RuleViolated.of('amendment.inVote')
  }

  private async onAmendment(id: string, work: (tx: Tx, amendment: Amendment) => Promise<void>) {
    const found = await findAmendment(this.database.read, id)
    if (!found) throw new NotFoundException()
    await this.onMotion(found.motionId, async (tx) => work(tx, (await findAmendment(tx, id))!))
  }

  /** Holds the motion; everyone who locks both locks the assembly first. */
  private async onMotion(motionId: string, work: (tx: Tx, motion: MotionInContext) => Promise<void>) {
    await this.database.transaction(async (tx) => {
      const found = await findMotion(tx, motionId)
      if (!found) throw new NotFoundException()
      await lockAssembly(tx, found.assemblyId, 'share')
      await lockMotion(tx, motionId)
      await work(tx, (await findMotion(tx, motionId))!)
      await this.live.announce(tx, roomTopic(found.assemblyId))
    })
  }

  private record(
    tx: Tx,
    visitor: Visitor,
    action: string,
    id: string,
    details: Record<string, unknown> = {},
  ) {
    return this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'amendment', id },
      details,
    })
  }
}
