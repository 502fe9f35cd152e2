import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, longDay, Messages, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { formatDecisionNumber } from '../rules/decision-number.js'
import { checkSecond, type SecondAssemblyRule, secondUntil } from '../rules/second-assembly.js'
import { lockAssembly } from '../store/assembly.store.js'
import { type AssemblyPlanned, insertAssembly } from '../store/assembly-plan.store.js'
import { findDecisionOfPoll } from '../store/decision.store.js'
import type { MotionRow } from '../store/entities.js'
import { appendMotion, findMotion, lockMotion } from '../store/motion.store.js'
import { addMotionText, findMotionText } from '../store/motion-text.store.js'
import { findPoll, findResult, type PollInContext } from '../store/poll.store.js'
import { findPlannedSecond, findSecondOf } from '../store/second-assembly.store.js'

/** Where a second assembly on a motion stands. */
export interface SecondStanding {
  rule: SecondAssemblyRule | null
  /** The last day on which it can be. */
  until: Day | null
  violations: Violation[]
  /** The motion as it was put to the second assembly, when it was. */
  motionId: string | null
  /** A second assembly that was planned for another motion of the same assembly, and is not convened yet. */
  planned: { id: string; title: string; heldOn: Day } | null
}

/** Putting a motion whose poll failed its quorum to a second assembly, where none is asked. */
@Injectable()
export class SecondAssemblies {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Null while the poll on a motion itself has no declared result, or when its quorum was there. */
  async standing(poll: PollInContext, tx: Tx = this.database.read): Promise<SecondStanding | null> {
    const result = poll.amendmentId || poll.voidedAt ? null : await findResult(tx, poll.id)
    if (!result || result.quorumReached) return null
    const rule = await this.ruleOn(poll.heldOn, tx)
    const failed = { heldOn: poll.heldOn, quorumReached: false, unsettled: poll.replacedAt !== null }
    return {
      rule,
      until: rule && secondUntil(poll, rule),
      violations: checkSecond(failed, rule, null),
      motionId: await findSecondOf(tx, poll.motionId),
      planned: await findPlannedSecond(tx, poll.assemblyId),
    }
  }

  /**
   * Calls the second assembly: plans it with a copy of the motion, or puts the copy on the one that was planned for
   * another motion. It has to be convened as any other; its statutes ask no quorum, the majority stays. A repeat finds
   * the motion that is there.
   * @param plan null for the assembly that is planned already
   * @returns the id of the second assembly
   * @throws NotFoundException, RuleViolated `assembly.dayPast`, and the codes of {@link checkSecond}
   */
  async call(
    pollId: string,
    plan: Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'> | null,
    officer: Visitor,
  ): Promise<string> {
    return this.database.transaction(async (tx) => {
      const found = await findPoll(tx, pollId)
      if (!found) throw new NotFoundException()
      const first = (await lockMotion(tx, found.motionId))!
      const poll = (await findPoll(tx, pollId))!
      const known = await findSecondOf(tx, first.id)
      if (known) return (await findMotion(tx, known))!.assemblyId
      const result = await findResult(tx, pollId)
      if (!result || poll.amendmentId) throw RuleViolated.of('second.unsettled')
      const planned = plan === null ? await findPlannedSecond(tx, poll.assemblyId) : null
      if (plan === null && !planned) throw new NotFoundException()
      const day = plan?.heldOn ?? planned!.heldOn
      if (day < this.clock.today()) throw RuleViolated.of('assembly.dayPast', {}, 'dag')
      const rule = await this.ruleOn(poll.heldOn, tx)
      const failed = { ...poll, quorumReached: result.quorumReached, unsettled: poll.replacedAt !== null }
      RuleViolated.throwIfAny(checkSecond(failed, rule, day))
      const assemblyId = planned?.id ?? this.ids.next()
      if (plan) await this.plan(tx, assemblyId, poll, plan)
      await lockAssembly(tx, assemblyId, 'change')
      await this.copy(tx, first, poll, { assemblyId, article: rule!.article }, officer)
      return assemblyId
    })
  }

  private async ruleOn(day: Day, tx: Tx): Promise<SecondAssemblyRule | null> {
    const setting = (await this.statutes.asOf(day, tx)).find('secondAssembly')
    return setting && { weeks: setting.value, article: setting.article }
  }

  private async plan(
    tx: Tx,
    id: string,
    poll: PollInContext,
    plan: Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'>,
  ): Promise<void> {
    const title = this.messages.text('nl', 'assemblies.second.assemblyTitle', { title: poll.assemblyTitle })
    await insertAssembly(tx, {
      ...plan,
      title: title.slice(0, 150),
      kind: 'extraordinary',
      id,
      requestId: null,
    })
  }

  /** The copy says why it stands here: that and why no quorum is asked goes into the convocation with it. */
  private async copy(
    tx: Tx,
    first: MotionRow,
    poll: PollInContext,
    second: { assemblyId: string; article: string },
    officer: Visitor,
  ): Promise<void> {
    const id = this.ids.next()
    const decision = await findDecisionOfPoll(tx, poll.id)
    const why = this.messages.text('nl', 'assemblies.second.explanation', {
      day: longDay('nl', poll.heldOn),
      number: decision ? formatDecisionNumber(decision) : '',
      article: second.article,
    })
    const { title, question, explanation, decisionType, authorisesKind, authorisesId } = first
    const { proposerMemberId, proposerOrgan } = first
    const at = this.clock.now()
    await appendMotion(tx, {
      ...{ id, assemblyId: second.assemblyId, title, question, decisionType, authorisesKind, authorisesId },
      ...{ proposerMemberId, proposerOrgan, secondOf: first.id },
      explanation: [why, explanation].filter(Boolean).join('\n\n'),
      submittedAt: at,
      submittedBy: officer.personId,
    })
    const text = await findMotionText(tx, first.id)
    if (text) {
      const copied = { motionId: id, kind: 'submitted' as const, text: text.text, amendmentId: null }
      await addMotionText(tx, { ...copied, recordedAt: at, recordedBy: officer.personId })
    }
    await this.audit.record(tx, {
      ...{ actorId: officer.personId, action: 'motion.putToSecondAssembly' },
      subject: { kind: 'motion', id },
      details: { secondOf: first.id, poll: poll.id, assemblyId: second.assemblyId },
    })
  }
}
