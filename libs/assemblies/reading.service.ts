import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database, isId } from '#platform'
import { checkKeptOut } from './rules/conflict.js'
import { parseDecisionNumber } from './rules/decision-number.js'
import { closedBy } from './rules/poll-end.js'
import { type AgendaMotion, findAssembly, listAssemblies, readAgenda } from './store/assembly.store.js'
import { findBallot, type OwnElector, readOwnElectors } from './store/ballot.store.js'
import {
  findDecision,
  findDecisionOfPoll,
  listDecisions,
  listDecisionYears,
  type RegisteredDecision,
} from './store/decision.store.js'
import type { AssemblyRow } from './store/entities.js'
import { readConflicts } from './store/officer.store.js'
import type { BallotRow, PollResultRow } from './store/poll.entities.js'
import {
  type ElectorRecord,
  findPoll,
  findResult,
  type PollInContext,
  readElectors,
  readRepresented,
  readTurnout,
} from './store/poll.store.js'

/** What the pages show; null for what doesn't exist, also when the text of an id can't be one. */
@Injectable()
export class AssemblyReading {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async assemblies(): Promise<AssemblyRow[]> {
    return listAssemblies(this.database.read)
  }

  async assembly(id: string): Promise<AssemblyRow | null> {
    return isId(id) ? findAssembly(this.database.read, id) : null
  }

  async agenda(assemblyId: string): Promise<AgendaMotion[]> {
    const now = this.clock.now()
    const motions = await readAgenda(this.database.read, assemblyId)
    return motions.map((motion) => ({ ...motion, closedAt: closedBy(motion, now) }))
  }

  /** A poll as it stands: past its announced end it is closed. */
  async poll(id: string): Promise<PollInContext | null> {
    const poll = isId(id) ? await findPoll(this.database.read, id) : null
    return poll && { ...poll, closedAt: closedBy(poll, this.clock.now()) }
  }

  /** How many milliseconds an open poll has until its announced end; null when it has none. */
  untilEnd({ closedAt, closesAt }: PollInContext): number | null {
    return closedAt || !closesAt ? null : closesAt.getTime() - this.clock.now().getTime()
  }

  /** Whether an officer keeps out of the decision on a motion. */
  async keptOut(personId: string, motionId: string): Promise<boolean> {
    return checkKeptOut(personId, await readConflicts(this.database.read, { motionId })).length > 0
  }

  /** The members of a poll that the person may cast for, with their ballots. */
  async ownElectors(pollId: string, personId: string): Promise<OwnElector[]> {
    return readOwnElectors(this.database.read, pollId, personId)
  }

  /** Those of these members that vote through a holder in the poll. */
  async represented(
    pollId: string,
    memberIds: readonly string[],
  ): Promise<{ memberName: string; holderName: string }[]> {
    return memberIds.length > 0 ? readRepresented(this.database.read, pollId, memberIds) : []
  }

  async ballot(pollId: string, memberId: string): Promise<BallotRow | null> {
    return isId(pollId) && isId(memberId) ? findBallot(this.database.read, pollId, memberId) : null
  }

  async turnout(pollId: string): Promise<{ cast: number; electors: number }> {
    return readTurnout(this.database.read, pollId)
  }

  /** The declared result with its decision; null until the chair has declared it. */
  async result(pollId: string): Promise<{ result: PollResultRow; decision: RegisteredDecision } | null> {
    const result = await findResult(this.database.read, pollId)
    const decision = result && (await findDecisionOfPoll(this.database.read, pollId))
    return decision ? { result, decision } : null
  }

  /** What each elector did. For the pages only after the result was declared. */
  async rollCall(pollId: string): Promise<ElectorRecord[]> {
    return readElectors(this.database.read, pollId)
  }

  async decisions(search: string, year: number | null): Promise<RegisteredDecision[]> {
    return listDecisions(this.database.read, { search, year })
  }

  async decisionYears(): Promise<number[]> {
    return listDecisionYears(this.database.read)
  }

  async decision(number: string): Promise<RegisteredDecision | null> {
    const parsed = parseDecisionNumber(number)
    return parsed && findDecision(this.database.read, parsed)
  }
}
