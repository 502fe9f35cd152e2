import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { AroundMandates, visitorMayConfirm } from './around.service.js'
import { latest, standingOf } from './rules/mandate.js'
import { readMandates, type StoredMandate } from './store/mandate-records.js'

/** What mandates ask of a person, and what happened to them, for the start page. */
@Injectable()
export class MandateStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(AroundMandates) private readonly around: AroundMandates,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Proposals that wait for this person: as registered contact, or as the second person. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const own = [...visitor.scopesOf('contact'), ...visitor.scopesOf('delegate')]
    const memberIds = visitor.has('serviceTeam') ? undefined : own
    if (memberIds?.length === 0) return []
    const tx = this.database.read
    const today = this.clock.today()
    const waiting = (await readMandates(tx, { memberIds, undecided: true })).filter(
      ({ until }) => until === null || until > today,
    )
    const tasks: Task[] = []
    for (const mandate of waiting) {
      const member = await this.members.find(mandate.memberId, today)
      if (!member || member.status === 'former') continue
      const ofMember = await readMandates(tx, { memberIds: [mandate.memberId] })
      if (!visitorMayConfirm(visitor, await this.around.of(tx, mandate, ofMember))) continue
      tasks.push({
        key: `mandates.tasks.${mandate.function}`,
        values: { member: member.name, name: await this.nameOf(mandate) },
        href: `/mandaten/${mandate.id}`,
        dueOn: latest(mandate.from, today),
        openNow: false,
      })
    }
    return tasks
  }

  /** What was decided about who acts for the own members, and about one's own mandates. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const own = [...new Set([...visitor.scopesOf('contact'), ...visitor.scopesOf('delegate')])]
    const tx = this.database.read
    const mandates = [
      ...(own.length > 0 ? await readMandates(tx, { memberIds: own }) : []),
      ...(await readMandates(tx, { personId: visitor.personId })),
    ]
    const known = [...new Map(mandates.map((mandate) => [mandate.id, mandate])).values()]
    const proposed = known.filter((mandate) => mandate.proposedBy !== null && wasProposed(mandate))
    const names = await this.people.named(proposed.map(({ personId }) => personId))
    return proposed.flatMap((mandate) => {
      const values = { name: names.get(mandate.personId)?.name ?? '' }
      const one = (what: string, at: Date) => ({
        ...{ key: `mandates.happenings.${what}`, values, href: `/mandaten/${mandate.id}`, at },
      })
      return [one('proposed', mandate.proposedAt), ...mandate.events.map(({ type, at }) => one(type, at))]
    })
  }

  private async nameOf({ personId }: StoredMandate): Promise<string> {
    return (await this.people.named([personId])).get(personId)?.name ?? ''
  }
}

/** Not one that was entered with an admission or from an older register: nobody had to confirm that. */
function wasProposed(mandate: StoredMandate): boolean {
  const [first] = mandate.events
  const enteredAtOnce = first?.type === 'confirmed' && first.at.getTime() === mandate.proposedAt.getTime()
  return !enteredAtOnce && standingOf(mandate) !== null
}
