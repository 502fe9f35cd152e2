import { Inject, Injectable } from '@nestjs/common'
import { addDays } from '#kernel'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { Agreements } from './agreements.service.js'
import { Counterparties } from './counterparties.service.js'
import { type ListedNegotiation, Negotiations } from './negotiations.service.js'
import { DAYS_BEFORE_END } from './rules/ending.js'
import { capacityOf, sideOf } from './rules/negotiation.js'
import { listRecentlySigned } from './store/signing-records.js'

/** What agreements ask of the people of both parties, and what was signed, for the start page. */
@Injectable()
export class AgreementsStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('treasurer', 'coordinator', 'delegate', 'serviceTeam', 'teamLead', 'director', 'chair'))
      return []
    const running = await this.negotiations.runningFor(visitor)
    const asked = running.flatMap((one) => {
      const what = askedOf(one, visitor)
      const { id, areaName } = one.negotiation
      return what ? [task(what, { area: areaName }, `/afspraken/concepten/${id}`)] : []
    })
    return [...asked, ...(await this.ending(visitor, running))]
  }

  async happeningsFor(): Promise<Happening[]> {
    return (await listRecentlySigned(this.database.read)).map(({ areaSlug, areaName, number, at }) => ({
      key: 'agreements.happenings.signed',
      values: { area: areaName, number: String(number) },
      ...{ href: `/afspraken/${areaSlug}`, at },
    }))
  }

  /** Agreements that end before long and of which nobody negotiates the next. */
  private async ending(visitor: Visitor, running: readonly ListedNegotiation[]): Promise<Task[]> {
    if (!visitor.has('treasurer', 'coordinator', 'serviceTeam')) return []
    const today = this.clock.today()
    const soon = (await this.agreements.all()).filter(
      ({ id, endsOn, versions }) =>
        versions.length > 0 &&
        endsOn >= today &&
        endsOn <= addDays(today, DAYS_BEFORE_END) &&
        !running.some(({ negotiation }) => negotiation.agreementId === id),
    )
    const tasks: Task[] = []
    for (const { areaName, areaSlug, endsOn, counterparty } of soon) {
      const party = await this.counterparties.find(counterparty.id)
      if (party && sideOf(visitor, party))
        tasks.push({ ...task('renew', { area: areaName }, `/afspraken/${areaSlug}`), dueOn: endsOn })
    }
    return tasks
  }
}

/** What this person can do for a negotiation to go on; null when it is somebody else's turn. */
function askedOf({ negotiation, side, writing }: ListedNegotiation, visitor: Visitor): string | null {
  const { state, turn, party, proposals } = negotiation
  const writes = visitor.has('serviceTeam', 'teamLead') || side === 'counterparty'
  if (state === 'offered') {
    const mine = turn.includes(side) && capacityOf(visitor, party) !== null
    return mine ? 'sign' : null
  }
  if (!writes) return null
  if (writing) return 'propose'
  return turn.includes(side) && proposals.length > 0 ? 'read' : null
}

function task(what: string, values: Record<string, string>, href: string): Task {
  return { key: `agreements.tasks.${what}`, values, href, dueOn: null, openNow: false }
}
