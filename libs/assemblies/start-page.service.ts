import { Inject, Injectable } from '@nestjs/common'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { formatDecisionNumber } from './rules/decision-number.js'
import { readOwnStandIns } from './store/officer.store.js'
import {
  readBallotsToCast,
  readCheckInsToDo,
  readProxiesToAnswer,
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
    @Inject(Members) private readonly members: Members,
  ) {}

  /** Ballots to cast, meetings to check in to and proxies to answer; for the chair also the results to declare. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const read = this.database.read
    const today = this.clock.today()
    const ballots = visitor.has('delegate')
      ? await readBallotsToCast(read, visitor.personId, this.clock.now())
      : []
    const memberIds = visitor.scopesOf('delegate')
    const checkIns = memberIds.length > 0 ? await readCheckInsToDo(read, today, memberIds) : []
    const results = await this.resultsToDeclare(visitor)
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
      ...(await this.proxiesToAnswer(memberIds)),
    ]
  }

  /** For the chair, and for who stands in for the chair in that assembly. */
  private async resultsToDeclare(visitor: Visitor): Promise<{ pollId: string; title: string }[]> {
    const read = this.database.read
    const own = await readOwnStandIns(read, visitor.personId)
    const chaired = own.flatMap(({ assemblyId, office }) => (office === 'chair' ? [assemblyId] : []))
    if (!visitor.has('chair') && chaired.length === 0) return []
    const results = await readResultsToDeclare(read, this.clock.now())
    return results.filter(({ assemblyId }) => visitor.has('chair') || chaired.includes(assemblyId))
  }

  private async proxiesToAnswer(memberIds: string[]): Promise<Task[]> {
    if (memberIds.length === 0) return []
    const asked = await readProxiesToAnswer(this.database.read, memberIds)
    return Promise.all(
      asked.map(async ({ assemblyId, title, heldOn, principalId }) => ({
        key: 'assemblies.tasks.proxy',
        values: { title, member: (await this.members.find(principalId, heldOn))?.name ?? '' },
        href: `/alv/${assemblyId}/volmachten`,
        dueOn: heldOn,
        openNow: false,
      })),
    )
  }

  /** The latest decisions, and the ballots that the visitor cast. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const decisions = await readRecentDecisions(this.database.read)
    const ballots = await readRecentBallots(this.database.read, visitor.personId)
    return [
      ...decisions.map((decision) => ({
        key: `assemblies.happenings.${decision.adopted ? 'adopted' : 'rejected'}`,
        values: { title: decision.title, number: formatDecisionNumber(decision) },
        href: decision.pollId
          ? `/stemmingen/${decision.pollId}`
          : `/besluiten/${formatDecisionNumber(decision)}`,
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
