import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { addDays, type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { roomTopic } from '../room/room-topic.js'
import { assemblyPhase } from '../rules/assembly-phase.js'
import { checkSubmission } from '../rules/motion-submission.js'
import type { DecisionType } from '../rules/poll-rule.js'
import { touchAgenda } from '../store/agenda.store.js'
import { readAmendments } from '../store/amendment.store.js'
import { allowMotions, lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import {
  appendMotion,
  findMotion,
  lockMotion,
  type MotionInContext,
  markMotionWithdrawn,
  updateMotionContent,
} from '../store/motion.store.js'
import { addMotionText, findMotionText } from '../store/motion-text.store.js'
import { Proposers } from './proposers.service.js'

/** What a proposer writes of a motion. */
export interface MotionContent {
  title: string
  /** What the voters answer with for or against. */
  question: string
  /** What is decided, with marks. */
  text: string
  reasoning: string
  decisionType: DecisionType
}

/** Motions of members and offices: submitting, changing, withdrawing. */
@Injectable()
export class Motions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Proposers) private readonly proposers: Proposers,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
  ) {}

  /** The last day on which members submit motions for an assembly; null when the statutes set none. */
  async lastDay(heldOn: Day, tx?: Tx): Promise<{ lastDay: Day; article: string } | null> {
    const setting = (await this.statutes.asOf(heldOn, tx)).find('motionDays')
    return setting && { lastDay: addDays(heldOn, -setting.value), article: setting.article }
  }

  /**
   * Whether this visitor may submit now, as {@link submit} would find.
   * @returns at most one violation
   */
  async standing(assembly: AssemblyRow, byOrgan: boolean, decisionType: DecisionType = 'ordinary', tx?: Tx) {
    const term = await this.lastDay(assembly.heldOn, tx)
    const [now, today] = [this.clock.now(), this.clock.today()]
    return checkSubmission({ assembly, now, today, term, byOrgan, decisionType })
  }

  /**
   * Puts a motion last on the agenda, with its first text. The id comes from the form: a repeat adds nothing.
   * @param chosen for whom, as {@link Proposers.optionsFor} gave it
   * @throws NotFoundException, RuleViolated `motion.noProposer`, and the codes of {@link checkSubmission}
   */
  async submit(
    assemblyId: string,
    id: string,
    content: MotionContent,
    chosen: string,
    visitor: Visitor,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      if (await lockMotion(tx, id)) return
      const proposer = await this.proposers.chosen(visitor, chosen, assembly.heldOn, tx)
      RuleViolated.throwIfAny(
        await this.standing(assembly, proposer.proposerOrgan !== null, content.decisionType, tx),
      )
      const { title, question, text, reasoning, decisionType } = content
      const at = this.clock.now()
      await appendMotion(tx, {
        ...{ id, assemblyId, title, question, explanation: reasoning, decisionType, ...proposer },
        ...{ authorisesKind: null, authorisesId: null },
        submittedAt: at,
        submittedBy: visitor.personId,
      })
      await addMotionText(tx, {
        ...{ motionId: id, kind: 'submitted', text, amendmentId: null },
        recordedAt: at,
        recordedBy: visitor.personId,
      })
      await touchAgenda(tx, assemblyId)
      await this.record(tx, visitor, 'motion.submitted', id, { assemblyId, title, ...proposer })
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }

  /** Why a motion can't be changed any more; null when it can. */
  async whyFixed(motion: MotionInContext, tx: Tx = this.database.read): Promise<string | null> {
    if (motion.withdrawnAt) return 'motion.withdrawn'
    if (motion.authorisesId) return 'motion.fromElsewhere'
    if (motion.secondOf) return 'second.sameMotion'
    if (motion.pollId) return 'motion.pollOpened'
    if (motion.convenedAt) return 'agenda.itemConvened'
    if ((await readAmendments(tx, motion.id)).length > 0) return 'motion.amended'
    return assemblyPhase(motion, this.clock.now()) === 'ended' ? 'assembly.ended' : null
  }

  /**
   * Changes a motion, by who proposed it; a new text is a new version. A repeat records nothing.
   * @throws NotFoundException, RuleViolated `motion.notYours`, `motion.withdrawn`, `motion.fromElsewhere`,
   * `motion.pollOpened`, `agenda.itemConvened`, `motion.amended`, `assembly.ended`, `motion.statuteChangeTooLate`, `second.sameMotion`
   */
  async change(id: string, content: MotionContent, visitor: Visitor): Promise<void> {
    await this.act(id, visitor, async (tx, motion) => {
      const why = await this.whyFixed(motion, tx)
      if (why) throw RuleViolated.of(why)
      const { title, question, text, reasoning, decisionType } = content
      if (decisionType === 'statuteChange' && motion.convenedOn !== null)
        throw RuleViolated.of('motion.statuteChangeTooLate', {}, 'besluit')
      await updateMotionContent(tx, id, { title, question, explanation: reasoning, decisionType })
      if ((await findMotionText(tx, id))?.text !== text) {
        await addMotionText(tx, {
          ...{ motionId: id, kind: 'changed', text, amendmentId: null },
          recordedAt: this.clock.now(),
          recordedBy: visitor.personId,
        })
      }
      await this.record(tx, visitor, 'motion.changed', id, { title })
    })
  }

  /**
   * Withdraws a motion before its poll opens; it stays in the record. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `motion.notYours`, `motion.fromElsewhere`, `motion.pollOpened`,
   * `motion.amendmentInVote`
   */
  async withdraw(id: string, reason: string, visitor: Visitor): Promise<void> {
    await this.act(id, visitor, async (tx, motion) => {
      if (motion.withdrawnAt) return
      if (motion.authorisesId) throw RuleViolated.of('motion.fromElsewhere')
      if (motion.pollId) throw RuleViolated.of('motion.pollOpened')
      const amendments = await readAmendments(tx, id)
      if (amendments.some(({ poll }) => poll && poll.adopted === null))
        throw RuleViolated.of('motion.amendmentInVote')
      await markMotionWithdrawn(tx, id, { at: this.clock.now(), by: visitor.personId, reason })
      await touchAgenda(tx, motion.assemblyId)
      await this.record(tx, visitor, 'motion.withdrawn', id, { title: motion.title, reason })
    })
  }

  /** The chair allows members to submit motions in the assembly, or no longer. A repeat changes nothing. */
  async allow(assemblyId: string, allowed: boolean, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      if (assemblyPhase(assembly, this.clock.now()) === 'ended') throw RuleViolated.of('assembly.ended')
      if ((assembly.motionsAllowedAt !== null) === allowed) return
      await allowMotions(tx, assemblyId, allowed ? this.clock.now() : null)
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: allowed ? 'assembly.motionsAllowed' : 'assembly.motionsNotAllowed',
        subject: { kind: 'assembly', id: assemblyId },
      })
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }

  /** Assembly first, then the motion, as everyone does who locks both. */
  private async act(
    id: string,
    visitor: Visitor,
    work: (tx: Tx, motion: MotionInContext) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await findMotion(tx, id)
      if (!found) throw new NotFoundException()
      await lockAssembly(tx, found.assemblyId, 'change')
      await lockMotion(tx, id)
      const motion = (await findMotion(tx, id))!
      if (!this.proposers.actsFor(visitor, motion)) throw RuleViolated.of('motion.notYours')
      if (motion.proposerOrgan) await this.conflicts.keepOut(tx, visitor, id)
      await work(tx, motion)
      await this.live.announce(tx, roomTopic(motion.assemblyId))
    })
  }

  private record(tx: Tx, visitor: Visitor, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'motion', id },
      details,
    })
  }
}
