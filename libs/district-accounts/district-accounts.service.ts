import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Reports } from '#accountability'
import { Agreements } from '#agreements'
import type { OpenPoint } from '#ledger'
import { Payables } from '#payments'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { maySee } from './access.js'
import { readOrders, readSchedules, readSettlements } from './store/advances.store.js'
import { lockYearOf, readBookings } from './store/bookings.store.js'
import { versionInYear, type WijkYear, wijkYearOf } from './wijk-year.js'

/** Reads how each wijk stands in the project administration; what is done to it is in the other services. */
@Injectable()
export class DistrictAccounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Payables) private readonly payables: Payables,
  ) {}

  /** The years that an agreement with a wijk touches, through this one; the latest first. */
  async years(tx: Tx = this.database.read): Promise<number[]> {
    const last = Number(this.clock.today().slice(0, 4))
    const years = new Set<number>()
    for (const { kind, startsOn, endsOn } of await this.agreements.all(tx))
      if (kind === 'district')
        for (
          let year = Number(startsOn.slice(0, 4));
          year <= Math.min(last, Number(endsOn.slice(0, 4)));
          year++
        )
          years.add(year)
    return [...years].sort((a, b) => b - a)
  }

  /** All wijken of a year that the visitor may see, by name. */
  async all(year: number, visitor: Visitor, tx: Tx = this.database.read): Promise<WijkYear[]> {
    return (await this.read(tx, year, {})).filter(({ agreement }) => maySee(visitor, agreement))
  }

  /** One wijk in a year, or null when there is no agreement with it that year. */
  async of(area: string, year: number, tx: Tx = this.database.read): Promise<WijkYear | null> {
    return (await this.read(tx, year, { area }))[0] ?? null
  }

  /** One wijk in a year, which nobody else changes until the transaction ends. @throws NotFoundException */
  async alone(tx: Tx, area: string, year: number): Promise<WijkYear> {
    const found = await this.of(area, year, tx)
    if (!found) throw new NotFoundException()
    await lockYearOf(tx, found.agreement.id, year)
    return (await this.of(area, year, tx))!
  }

  /** Everything of a year, for who may see it all or works for the system. */
  async read(tx: Tx, year: number, { area }: { area?: string }): Promise<WijkYear[]> {
    const all = area
      ? [await this.agreements.byArea(area, tx)].filter((one) => one !== null)
      : await this.agreements.all(tx)
    const known = all.flatMap((agreement) => {
      const version = agreement.kind === 'district' ? versionInYear(agreement, year) : null
      return version ? [{ agreement, version }] : []
    })
    if (known.length === 0) return []
    const only = area ? known[0]!.agreement.id : undefined
    const schedules = await readSchedules(tx, year, only)
    const orders = await readOrders(tx, year, only)
    const bookings = await readBookings(tx, year, only)
    const settlements = await readSettlements(tx, { year, ...(only && { agreementId: only }) })
    const payables = new Map((await this.payables.of('advance', undefined, tx)).map((one) => [one.key, one]))
    const approved = await this.approvedQuarters(tx, year)
    return known.map(({ agreement, version }) => {
      const own = <T extends { agreementId: string }>(rows: readonly T[]) =>
        rows.filter(({ agreementId }) => agreementId === agreement.id)
      return wijkYearOf(agreement, version, year, {
        schedule: own(schedules)[0] ?? null,
        ...{ orders: own(orders), bookings: own(bookings), settlements: own(settlements), payables },
        approved: approved.get(agreement.id) ?? new Set(),
      })
    })
  }

  /** What of a year is not in the books yet: quarters that are not approved, advances that are not settled. */
  async openPoints(tx: Tx, year: number): Promise<OpenPoint[]> {
    return (await this.read(tx, year, {})).flatMap(
      ({ agreement, openQuarters, balanceCents }): OpenPoint[] => {
        const href = `/wijkadministratie/${agreement.areaSlug}/${year}`
        const area = agreement.areaName
        if (openQuarters.length > 0) {
          const quarters = openQuarters.map((quarter) => quarter.slice(-1)).join(', ')
          return [{ key: 'district-accounts.yearEnd.quarters', values: { area, quarters }, href }]
        }
        return balanceCents === 0n
          ? []
          : [{ key: 'district-accounts.yearEnd.settle', values: { area }, href }]
      },
    )
  }

  private async approvedQuarters(tx: Tx, year: number): Promise<Map<string, Set<string>>> {
    const approved = new Map<string, Set<string>>()
    for (const { agreement, quarter, status } of await this.reports.approvedContents({ year }, tx))
      if (status === 'approved')
        approved.set(agreement.id, (approved.get(agreement.id) ?? new Set()).add(quarter.toString()))
    return approved
  }
}
