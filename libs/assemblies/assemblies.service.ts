import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import {
  Audit,
  Clock,
  Database,
  type Happening,
  Ids,
  type Task,
  type Tx,
  type Visitor,
  violatedConstraint,
} from '#platform'
import { ConvocationTasks } from './convocation/convocation-tasks.service.js'
import { assemblyState } from './rules/assembly-state.js'
import { standingOf } from './rules/challenge.js'
import { formatDecisionNumber, parseDecisionNumber } from './rules/decision-number.js'
import type { DecisionType } from './rules/poll-rule.js'
import { AssemblyStartPage } from './start-page.service.js'
import { appendItem, findItem, touchAgenda } from './store/agenda.store.js'
import { listUnended, lockAssembly } from './store/assembly.store.js'
import { findChallenge } from './store/challenge.store.js'
import { findDecision, findDecisionAuthorising, type RegisteredDecision } from './store/decision.store.js'
import { appendMotion, lockMotionAuthorising, markMotionWithdrawn } from './store/motion.store.js'
import { motionWasPolled, relyOnPoll } from './store/poll.store.js'
import { readCourses } from './store/ruling.store.js'

/** A proposal for the agenda; an adopted decision on it authorises something in another library. */
export interface SubmittedMotion {
  assemblyId: string
  title: string
  /** What the voters answer with for or against. */
  question: string
  explanation: string
  decisionType: DecisionType
  authorises: { kind: string; id: string } | null
  submittedBy: string | null
}

/** Something for the agenda on which nothing is decided. */
export interface SubmittedItem {
  /** Of the caller: a repeat with the same id adds nothing. */
  id: string
  assemblyId: string
  type: 'information' | 'discussion'
  title: string
  explanation: string
  minutes: number
  submittedBy: string
}

/** The decision that permits something: it does so only when adopted. */
export interface AuthorisingDecision {
  id: string
  /** As in the register: `2020-03`. */
  number: string
  /** Adopted and in force: not while its result is disputed, and not when a re-vote took its place (BW 2:13). */
  adopted: boolean
  decidedOn: Day
}

/** The general assemblies and their agendas. */
@Injectable()
export class Assemblies {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(AssemblyStartPage) private readonly startPage: AssemblyStartPage,
    @Inject(ConvocationTasks) private readonly convocationTasks: ConvocationTasks,
  ) {}

  /** What the assemblies ask of this person, for the start page. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return [...(await this.startPage.tasksFor(visitor)), ...(await this.convocationTasks.tasksFor(visitor))]
  }

  /** What happened in the assemblies that concerns this person, for the start page. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    return [
      ...(await this.startPage.happeningsFor(visitor)),
      ...(await this.convocationTasks.happeningsFor()),
    ]
  }

  /** The assemblies that have not ended, the first one first. */
  async runningOrUpcoming(
    tx: Tx = this.database.read,
  ): Promise<{ id: string; title: string; heldOn: Day }[]> {
    return listUnended(tx)
  }

  /**
   * Puts a motion last on the agenda, in the caller's transaction. What it authorises is put to an assembly
   * once: a repeat for the same assembly gives the motion that is there.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `motion.alreadySubmitted` (to another assembly)
   */
  async submitMotion(tx: Tx, motion: SubmittedMotion): Promise<{ motionId: string }> {
    const { authorises, ...content } = motion
    const assembly = await lockAssembly(tx, motion.assemblyId, 'change')
    if (!assembly) throw new NotFoundException()
    const known = authorises && (await lockMotionAuthorising(tx, authorises.kind, authorises.id))
    if (known?.assemblyId === motion.assemblyId) return { motionId: known.id }
    if (known) throw RuleViolated.of('motion.alreadySubmitted')
    if (assembly.endedAt) throw RuleViolated.of('assembly.ended')

    const id = this.ids.next()
    const links = { authorisesKind: authorises?.kind ?? null, authorisesId: authorises?.id ?? null }
    try {
      await appendMotion(tx, { ...content, ...links, id, submittedAt: this.clock.now() })
    } catch (error) {
      const taken = violatedConstraint(error) === 'motions_authorises_once'
      throw taken ? RuleViolated.of('motion.alreadySubmitted') : error
    }
    await this.audit.record(tx, {
      actorId: motion.submittedBy,
      action: 'motion.submitted',
      subject: { kind: 'motion', id },
      details: { assemblyId: motion.assemblyId, title: motion.title, ...links },
    })
    return { motionId: id }
  }

  /**
   * Puts something to be told or discussed last on the agenda, in the caller's transaction; the caller decides who may.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `assembly.cancelled`
   */
  async submitItem(tx: Tx, { submittedBy, ...item }: SubmittedItem): Promise<void> {
    const assembly = await lockAssembly(tx, item.assemblyId, 'change')
    if (!assembly) throw new NotFoundException()
    const state = assemblyState(assembly, this.clock.now())
    if (state === 'ended' || state === 'cancelled') throw RuleViolated.of(`assembly.${state}`)
    if (await findItem(tx, item.id)) return
    await appendItem(tx, { ...item, addedAt: this.clock.now(), addedBy: submittedBy })
    await touchAgenda(tx, item.assemblyId)
    await this.audit.record(tx, {
      actorId: submittedBy,
      action: 'agenda.itemAdded',
      subject: { kind: 'assembly', id: item.assemblyId },
      details: { item: item.id, type: item.type, title: item.title },
    })
  }

  /**
   * Withdraws the motion that would authorise this; it stays in the record. A repeat changes nothing.
   * @throws RuleViolated `motion.pollOpened` once its poll has opened
   */
  async withdrawMotion(tx: Tx, kind: string, id: string, withdrawnBy: string | null = null): Promise<void> {
    const motion = await lockMotionAuthorising(tx, kind, id)
    if (!motion) return
    if (await motionWasPolled(tx, motion.id)) throw RuleViolated.of('motion.pollOpened')
    await markMotionWithdrawn(tx, motion.id, { at: this.clock.now(), by: withdrawnBy, reason: '' })
    await this.audit.record(tx, {
      actorId: withdrawnBy,
      action: 'motion.withdrawn',
      subject: { kind: 'motion', id: motion.id },
      details: { assemblyId: motion.assemblyId, title: motion.title, authorisesKind: kind, authorisesId: id },
    })
  }

  /**
   * The decision on what was put to an assembly; null while there is none, while its result is disputed, and from
   * the opening of the re-vote to its result (BW 2:13). Until the transaction ends nobody disputes it meanwhile.
   */
  async decisionAuthorising(tx: Tx, kind: string, id: string): Promise<AuthorisingDecision | null> {
    const known = await findDecisionAuthorising(tx, kind, id)
    if (!known) return null
    if (known.pollId) await relyOnPoll(tx, known.pollId)
    const found = (await findDecisionAuthorising(tx, kind, id))!
    return (await this.isInForce(tx, found)) ? asDecision(found) : null
  }

  /** The decision with this number in the register (`2020-03`), or null. */
  async decisionNumbered(number: string, tx: Tx = this.database.read): Promise<AuthorisingDecision | null> {
    const parsed = parseDecisionNumber(number)
    const found = parsed && (await findDecision(tx, parsed))
    if (!found) return null
    const inForce = await this.isInForce(tx, found)
    return { ...asDecision(found), adopted: found.adopted && inForce }
  }

  private async isInForce(tx: Tx, { id, pollId }: RegisteredDecision): Promise<boolean> {
    const { replacedAt } = (await readCourses(tx, [id])).get(id)!
    const challenge = pollId ? await findChallenge(tx, pollId) : null
    return standingOf({ replacedAt, challenge }, this.clock.now()) === 'inForce'
  }
}

function asDecision(found: RegisteredDecision): AuthorisingDecision {
  const { id, adopted, decidedOn } = found
  return { id, number: formatDecisionNumber(found), adopted, decidedOn }
}
