import { Inject, Injectable } from '@nestjs/common'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { isOpen } from './rules/departure.js'
import { asCase } from './steps.service.js'
import { type Departure, readDepartures } from './store/departure-records.js'

/** Ending and pausing a membership: what runs, what was decided. */
@Injectable()
export class Departures {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A case, or null when there is none with this id. */
  async find(id: string): Promise<Departure | null> {
    return (await readDepartures(this.database.read, this.clock.today(), { id }))[0] ?? null
  }

  /** The cases of some members, the latest first. */
  of(memberIds: readonly string[]): Promise<Departure[]> {
    return readDepartures(this.database.read, this.clock.today(), { memberIds })
  }

  /** All cases in which something can still happen, the latest first. */
  async open(): Promise<Departure[]> {
    const today = this.clock.today()
    return (await readDepartures(this.database.read, today)).filter((one) => isOpen(asCase(one), today))
  }

  /**
   * For the director: requests for the other kind, and expulsions without an appeal in time, except of the own
   * member. For a delegate: until when an appeal is possible.
   */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('director', 'delegate')) return []
    const names = await this.names()
    return (await this.open()).flatMap((departure): Task[] => {
      const own = visitor.hasFor('delegate', departure.memberId)
      const task = taskOf(departure, own, visitor.has('director'))
      if (!task) return []
      const values = { member: names.get(departure.memberId) ?? '?', reference: departure.reference }
      const href = `/lidmaatschap/zaken/${departure.id}`
      return [
        {
          key: `departures.tasks.${task}`,
          values,
          href,
          dueOn: own ? departure.appealUntil : null,
          openNow: false,
        },
      ]
    })
  }

  /** What was recorded about the own members; for director, chair and secretary about all. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const all = visitor.has('director', 'chair', 'secretary')
    const scopes = visitor.scopesOf('delegate')
    if (!all && scopes.length === 0) return []
    const departures = await readDepartures(
      this.database.read,
      this.clock.today(),
      all ? {} : { memberIds: scopes },
    )
    const names = await this.names()
    return departures.flatMap((departure) => {
      const values = { member: names.get(departure.memberId) ?? '?', reference: departure.reference }
      const href = `/lidmaatschap/zaken/${departure.id}`
      const happening = (what: string, at: Date) => ({
        key: `departures.happenings.${what}`,
        values,
        href,
        at,
      })
      return [
        happening(departure.type, departure.recordedAt),
        ...departure.steps.map(({ type, recordedAt }) => happening(type, recordedAt)),
      ]
    })
  }

  private async names(): Promise<Map<string, string>> {
    const members = await this.members.asOf(this.clock.today())
    return new Map(members.map(({ id, name }) => [id, name]))
  }
}

function taskOf({ type, state }: Departure, own: boolean, director: boolean): string | null {
  if (own) return type === 'expelled' && state === 'running' ? 'appeal' : null
  if (!director) return null
  if (type === 'kindSwitch') return 'kindSwitch'
  return state === 'appealLapsed' ? 'appealLapsed' : null
}
