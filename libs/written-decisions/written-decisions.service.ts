import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Members } from '#members'
import { Clock, Database, isId, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { type WrittenCourse, type WrittenState, type WrittenType, writtenState } from './rules/course.js'
import type { CountedMember, WrittenAnswerRow } from './store/entities.js'
import {
  findWritten,
  listWritten,
  readAnswers,
  readElectors,
  type WrittenRecord,
} from './store/written.store.js'

/** Where the law lets all members decide without a meeting. */
export const LAW = 'Burgerlijk Wetboek Boek 2, artikel 40 lid 2'

/** A decision without a meeting with everything recorded of it. */
export interface WrittenDecision extends WrittenRecord {
  course: WrittenCourse
  state: WrittenState
}

/** Reading decisions without a meeting. How they stand follows from what was recorded; nothing else is kept of it. */
@Injectable()
export class WrittenDecisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
  ) {}

  async find(id: string, tx: Tx = this.database.read): Promise<WrittenDecision | null> {
    const found = isId(id) ? await findWritten(tx, id) : null
    return found && this.withCourse(found)
  }

  /** Every proposal, the newest first. */
  async list(tx: Tx = this.database.read): Promise<WrittenDecision[]> {
    return (await listWritten(tx)).map((one) => this.withCourse(one))
  }

  /** The members that may vote on a day, by number (BW 2:38: not the supporting and the suspended ones). */
  async entitledOn(day: Day, tx: Tx = this.database.read): Promise<CountedMember[]> {
    const members = (await this.members.asOf(day, tx)).filter(({ mayVote }) => mayVote)
    return members.map(({ id, number, name }) => ({ memberId: id, memberNumber: number, memberName: name }))
  }

  /** The delegates of each member on a day. */
  async delegatesOn(day: Day, tx: Tx = this.database.read) {
    const byMember = new Map<string, { personId: string; name: string; email: string }[]>()
    for (const { scopeId, personId, name, email } of await this.people.holders('delegate', day, tx)) {
      if (scopeId) byMember.set(scopeId, [...(byMember.get(scopeId) ?? []), { personId, name, email }])
    }
    return byMember
  }

  async answers(id: string, tx: Tx = this.database.read): Promise<WrittenAnswerRow[]> {
    return readAnswers(tx, id)
  }

  async electors(id: string, tx: Tx = this.database.read): Promise<CountedMember[]> {
    return readElectors(tx, id)
  }

  /** What the statutes let the members decide this way, and where that stands; null when they say nothing of it. */
  async setting(tx?: Tx): Promise<{ value: readonly WrittenType[]; article: string } | null> {
    return (await this.statutes.asOf(this.clock.today(), tx)).find('writtenDecisions')
  }

  private withCourse(record: WrittenRecord): WrittenDecision {
    const { opening, outcome, knowledge, withdrawal } = record
    const course: WrittenCourse = {
      withdrawn: withdrawal !== null,
      boardKnows: knowledge !== null,
      opened: opening && { on: opening.openedOn, closesOn: opening.closesOn },
      outcome: outcome?.reason ?? null,
    }
    return { ...record, course, state: writtenState(course, this.clock.today()) }
  }
}
