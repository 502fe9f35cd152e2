import { Inject, Injectable } from '@nestjs/common'
import { Database, isId } from '#platform'
import { parseDecisionNumber } from './rules/decision-number.js'
import {
  type AgendaMotion,
  findAssembly,
  listAssemblies,
  readAgenda,
  readAttendance,
} from './store/assembly.store.js'
import { findBallot, type OwnElector, readOwnElectors } from './store/ballot.store.js'
import {
  findDecision,
  findDecisionOfPoll,
  listDecisions,
  listDecisionYears,
  type RegisteredDecision,
} from './store/decision.store.js'
import type { AssemblyRow } from './store/entities.js'
import type { BallotRow, PollResultRow } from './store/poll.entities.js'
import {
  type ElectorRecord,
  findPoll,
  findResult,
  type PollInContext,
  readElectors,
  readTurnout,
} from './store/poll.store.js'

/** What the pages show; null for what doesn't exist, also when the text of an id can't be one. */
@Injectable()
export class AssemblyReading {
  constructor(@Inject(Database) private readonly database: Database) {}

  async assemblies(): Promise<AssemblyRow[]> {
    return listAssemblies(this.database.read)
  }

  async assembly(id: string): Promise<AssemblyRow | null> {
    return isId(id) ? findAssembly(this.database.read, id) : null
  }

  async agenda(assemblyId: string): Promise<AgendaMotion[]> {
    return readAgenda(this.database.read, assemblyId)
  }

  /** The members that checked in, with the moment. */
  async attendance(assemblyId: string): Promise<Map<string, Date>> {
    return readAttendance(this.database.read, assemblyId)
  }

  async poll(id: string): Promise<PollInContext | null> {
    return isId(id) ? findPoll(this.database.read, id) : null
  }

  /** The members of a poll that the person may cast for, with their ballots. */
  async ownElectors(pollId: string, personId: string): Promise<OwnElector[]> {
    return readOwnElectors(this.database.read, pollId, personId)
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
