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
import { formatDecisionNumber, parseDecisionNumber } from './rules/decision-number.js'
import type { DecisionType } from './rules/poll-rule.js'
import { AssemblyStartPage } from './start-page.service.js'
import { listUnended, lockAssembly } from './store/assembly.store.js'
import { findDecision, findDecisionAuthorising, type RegisteredDecision } from './store/decision.store.js'
import { appendMotion, deleteMotion, lockMotionAuthorising } from './store/motion.store.js'
import { findPollOfMotion } from './store/poll.store.js'

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

/** The decision that permits something: it does so only when adopted. */
export interface AuthorisingDecision {
  id: string
  /** As in the register: `2020-03`. */
  number: string
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
  ) {}

  /** What the assemblies ask of this person, for the start page. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return this.startPage.tasksFor(visitor)
  }

  /** What happened in the assemblies that concerns this person, for the start page. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    return this.startPage.happeningsFor(visitor)
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
   * Takes the motion that would authorise this off the agenda; a repeat changes nothing.
   * @throws RuleViolated `motion.pollOpened` once its poll has opened
   */
  async withdrawMotion(tx: Tx, kind: string, id: string, withdrawnBy: string | null = null): Promise<void> {
    const motion = await lockMotionAuthorising(tx, kind, id)
    if (!motion) return
    if (await findPollOfMotion(tx, motion.id)) throw RuleViolated.of('motion.pollOpened')
    await deleteMotion(tx, motion.id)
    await this.audit.record(tx, {
      actorId: withdrawnBy,
      action: 'motion.withdrawn',
      subject: { kind: 'motion', id: motion.id },
      details: { assemblyId: motion.assemblyId, title: motion.title, authorisesKind: kind, authorisesId: id },
    })
  }

  /** The decision on what was put to an assembly; null while there is none. */
  async decisionAuthorising(tx: Tx, kind: string, id: string): Promise<AuthorisingDecision | null> {
    const found = await findDecisionAuthorising(tx, kind, id)
    return found && asDecision(found)
  }

  /** The decision with this number in the register (`2020-03`), or null. */
  async decisionNumbered(number: string, tx: Tx = this.database.read): Promise<AuthorisingDecision | null> {
    const parsed = parseDecisionNumber(number)
    const found = parsed && (await findDecision(tx, parsed))
    return found && asDecision(found)
  }
}

function asDecision(found: RegisteredDecision): AuthorisingDecision {
  const { id, adopted, decidedOn } = found
  return { id, number: formatDecisionNumber(found), adopted, decidedOn }
}
