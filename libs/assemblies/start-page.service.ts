import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { formatDecisionNumber } from './rules/decision-number.js'
import {
  readBallotsToCast,
  readCheckInsToDo,
  readRecentBallots,
  readRecentDecisions,
  readResultsToDeclare,
} from './store/start-page.store.js'

/** What the assemblies ask of a person, and what happened in them. */
@Injectable()
export class AssemblyStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Ballots to cast and meetings to check in to; for the chair also the results to declare. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const read = this.database.read
    const today = this.clock.today()
    const ballots = visitor.has('delegate') ? await readBallotsToCast(read, visitor.personId) : []
    const memberIds = visitor.scopesOf('delegate')
    const checkIns = memberIds.length > 0 ? await readCheckInsToDo(read, today, memberIds) : []
    const results = visitor.has('chair') ? await readResultsToDeclare(read) : []
    return [
      ...ballots.map(({ pollId, title, memberName }) => ({
        key: 'assemblies.tasks.vote',
        values: { title, member: memberName },
        href: `/stemmingen/${pollId}`,
        dueOn: today,
        openNow: true,
      })),
      ...results.map(({ pollId, title }) => ({
        key: 'assemblies.tasks.declare',
        values: { title },
        href: `/stemmingen/${pollId}`,
        dueOn: today,
        openNow: true,
      })),
      ...checkIns.map(({ id, title, place }) => ({
        key: 'assemblies.tasks.checkIn',
        values: { title, place },
        href: `/alv/${id}`,
        dueOn: today,
        openNow: false,
      })),
    ]
  }

  /** The latest decisions, and the ballots that the visitor cast. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const decisions = await readRecentDecisions(this.database.read)
    const ballots = await readRecentBallots(this.database.read, visitor.personId)
    return [
      ...decisions.map((decision) => ({
        key: `assemblies.happenings.${decision.adopted ? 'adopted' : 'rejected'}`,
        values: { title: decision.title, number: formatDecisionNumber(decision) },
        href: `/stemmingen/${decision.pollId}`,
        at: decision.at,
      })),
      ...ballots.map(({ pollId, memberId, title, memberName, reference, at }) => ({
        key: 'assemblies.happenings.cast',
        values: { title, member: memberName, reference },
        href: `/stemmingen/${pollId}/bevestiging?lid=${memberId}`,
        at,
      })),
    ]
  }
}
