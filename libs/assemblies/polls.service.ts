import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { Electorate } from './electorate.service.js'
import { PollNotices } from './poll-notices.js'
import { checkOpening } from './rules/assembly-phase.js'
import { judge } from './rules/poll-rule.js'
import { countElectors, votesOf } from './rules/tally.js'
import { lockAssembly } from './store/assembly.store.js'
import {
  findDecisionOfPoll,
  insertDecision,
  nextDecisionNumber,
  type RegisteredDecision,
} from './store/decision.store.js'
import { lockMotion } from './store/motion.store.js'
import {
  closePoll,
  type ElectorRecord,
  findPoll,
  findPollOfMotion,
  insertPoll,
  insertResult,
  lockPoll,
  type PollInContext,
  readElectors,
} from './store/poll.store.js'

/** The chair's acts on a poll: open, close, declare. */
@Injectable()
export class Polls {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(PollNotices) private readonly notices: PollNotices,
  ) {}

  /**
   * Opens the poll on a motion: freezes who may vote and by which rule, as of the assembly's day, and tells
   * every caster. A motion has one poll; a repeat, or a second chair, gets the poll that is there.
   * @returns the poll's id
   * @throws NotFoundException, RuleViolated `assembly.notBegun`, `assembly.ended`, `poll.noElectorate`,
   * `statutes.missing`
   */
  async open(assemblyId: string, motionId: string, chair: Visitor): Promise<string> {
    return this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      const motion = await lockMotion(tx, motionId)
      if (!assembly || motion?.assemblyId !== assemblyId) throw new NotFoundException()
      const known = await findPollOfMotion(tx, motionId)
      if (known) return known

      const openedAt = this.clock.now()
      RuleViolated.throwIfAny(checkOpening(assembly, openedAt))
      const rule = await this.electorate.ruleOn(assembly.heldOn, motion.decisionType, tx)
      const electors = await this.electorate.on(assembly.heldOn, tx)
      if (electors.length === 0) throw RuleViolated.of('poll.noElectorate')
      const id = this.ids.next()
      await insertPoll(tx, { id, motionId, assemblyId, rule, openedAt, openedBy: chair.personId }, electors)
      const votes = votesOf(electors)
      await this.record(tx, chair, 'poll.opened', id, { motionId, electors: electors.length, votes })
      await this.notices.opened(tx, { ...motion, id }, electors)
      return id
    })
  }

  /**
   * Closes the poll: waits for whoever is casting at this moment and refuses all after. A repeat changes
   * nothing.
   * @throws NotFoundException
   */
  async close(pollId: string, chair: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const poll = await lockPoll(tx, pollId)
      if (!poll) throw new NotFoundException()
      if (poll.closedAt) return
      await closePoll(tx, pollId, this.clock.now(), chair.personId)
      await this.record(tx, chair, 'poll.closed', pollId)
    })
  }

  /**
   * Declares the result: counts, judges by the frozen rule, and enters the decision into the register under
   * the next number of the year, adopted or not. Nobody changes it afterwards (BW 2:13: the chair's ruling is
   * decisive); a repeat gives the decision that is there.
   * @throws NotFoundException, RuleViolated `poll.notClosed`
   */
  async declare(pollId: string, chair: Visitor): Promise<RegisteredDecision> {
    return this.database.transaction(async (tx) => {
      const locked = await lockPoll(tx, pollId)
      const poll = locked && (await findPoll(tx, pollId))
      if (!poll) throw new NotFoundException()
      const known = await findDecisionOfPoll(tx, pollId)
      if (known) return known
      if (!poll.closedAt) throw RuleViolated.of('poll.notClosed')

      const electors = await readElectors(tx, pollId)
      const adopted = await this.recordResult(tx, poll, electors, chair)
      const decision = await this.recordDecision(tx, poll, adopted)
      await this.record(tx, chair, 'poll.declared', pollId, { adopted, decisionId: decision.id })
      await this.notices.declared(tx, poll, decision, electors)
      return decision
    })
  }

  private async recordResult(
    tx: Tx,
    poll: PollInContext,
    electors: ElectorRecord[],
    chair: Visitor,
  ): Promise<boolean> {
    const count = countElectors(electors)
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

  private async recordDecision(tx: Tx, poll: PollInContext, adopted: boolean): Promise<RegisteredDecision> {
    const decidedOn = this.clock.today()
    const number = await nextDecisionNumber(tx, Number(decidedOn.slice(0, 4)))
    const { title, question, motionId, assemblyId, authorisesKind, authorisesId } = poll
    const line = {
      id: this.ids.next(),
      ...number,
      pollId: poll.id,
      assemblyId,
      title,
      question,
      adopted,
      decidedOn,
    }
    await insertDecision(tx, {
      ...line,
      motionId,
      authorisesKind,
      authorisesId,
      recordedAt: this.clock.now(),
    })
    return line
  }

  private record(tx: Tx, chair: Visitor, action: string, id: string, details: Record<string, unknown> = {}) {
    return this.audit.record(tx, { actorId: chair.personId, action, subject: { kind: 'poll', id }, details })
  }
}
