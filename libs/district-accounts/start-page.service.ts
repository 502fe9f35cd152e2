import { Inject, Injectable } from '@nestjs/common'
import { addDays } from '#kernel'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { isOwn } from './access.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { DAYS_AHEAD } from './rules/advance-schedule.js'
import { readSettlements } from './store/advances.store.js'
import type { WijkYear } from './wijk-year.js'

/** What the money of the wijken asks of controller and director, and what happened to it. */
@Injectable()
export class DistrictStartPage {
  constructor(
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * For the controller: schedules to make or make anew, advances to order, years to settle. For the director: settlements
   * to confirm.
   */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('controller', 'director')) return []
    const tasks: Task[] = []
    for (const known of visitor.has('controller') ? await this.recent() : await this.waiting())
      if (!isOwn(visitor, known.agreement.counterparty.id)) tasks.push(...this.tasksOf(visitor, known))
    return tasks
  }

  /** For treasurer and coordinator: advances that were paid, and years that were settled. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('treasurer', 'coordinator')) return []
    const own = (await this.recent()).filter(({ agreement }) => isOwn(visitor, agreement.counterparty.id))
    return own.flatMap((known) => [
      ...known.advances.flatMap(({ number, paidOn }) =>
        paidOn ? [happening('paid', known, { number: String(number) }, new Date(`${paidOn}T12:00:00Z`))] : [],
      ),
      ...known.settlements.flatMap(({ confirmation }) =>
        confirmation ? [happening('settled', known, {}, confirmation.confirmedAt)] : [],
      ),
    ])
  }

  private tasksOf(visitor: Visitor, known: WijkYear): Task[] {
    const { advances, settlements, schedule, stale, openQuarters, balanceCents, year } = known
    const today = this.clock.today()
    const proposed = settlements.at(-1)
    const waits = proposed !== undefined && !proposed.confirmation
    if (visitor.has('director') && waits && proposed.proposedBy !== visitor.personId)
      return [task('confirm', known, null)]
    if (!visitor.has('controller')) return []
    const isOver = today > `${year}-12-31`
    if (isOver) {
      const due = openQuarters.length === 0 && !waits && (balanceCents !== 0n || settlements.length === 0)
      return due && (advances.length > 0 || known.spentCents !== 0n) ? [task('settle', known, null)] : []
    }
    if (!schedule || stale) return [task(stale ? 'reschedule' : 'schedule', known, null)]
    const due = advances.find(
      ({ state, dueOn }) => state === 'planned' && addDays(dueOn, -DAYS_AHEAD) <= today,
    )
    return due ? [task('order', known, due.dueOn, { number: String(due.number) })] : []
  }

  private async recent(): Promise<WijkYear[]> {
    return this.read((await this.accounts.years()).slice(0, 2))
  }

  /** The years with a settlement that nobody confirmed: nearly always none, so this start page costs one question. */
  private async waiting(): Promise<WijkYear[]> {
    const open = (await readSettlements(this.database.read)).filter(({ confirmation }) => !confirmation)
    return this.read([...new Set(open.map(({ year }) => year))])
  }

  private async read(years: readonly number[]): Promise<WijkYear[]> {
    const known: WijkYear[] = []
    for (const year of years) known.push(...(await this.accounts.read(this.database.read, year, {})))
    return known
  }
}

const pathOf = ({ agreement, year }: WijkYear) => `/wijkadministratie/${agreement.areaSlug}/${year}`
const valuesOf = ({ agreement, year }: WijkYear) => ({ area: agreement.areaName, year: String(year) })

function task(name: string, known: WijkYear, dueOn: string | null, more: Record<string, string> = {}): Task {
  return {
    ...{ key: `district-accounts.tasks.${name}`, values: { ...valuesOf(known), ...more }, dueOn },
    ...{ href: pathOf(known), openNow: false },
  }
}

function happening(name: string, known: WijkYear, more: Record<string, string>, at: Date): Happening {
  return {
    ...{ key: `district-accounts.happenings.${name}`, values: { ...valuesOf(known), ...more } },
    ...{ href: pathOf(known), at },
  }
}
