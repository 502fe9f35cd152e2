import { Inject, Injectable } from '@nestjs/common'
import { Reports } from '#accountability'
import { type Agreement, Agreements, type AgreementVersion, quartersOf, versionOn } from '#agreements'
import type { Cents, Day } from '#kernel'
import type { OpenPoint } from '#ledger'
import { type Payable, type PayableState, Payables } from '#payments'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { maySee } from './access.js'
import { lastDayOf } from './rules/advance-schedule.js'
import type { AdvanceOrderRow } from './store/advance-entities.js'
import {
  readOrders,
  readSchedules,
  readSettlements,
  type StoredSchedule,
  type StoredSettlement,
} from './store/advances.store.js'
import type { DistrictBookingRow } from './store/booking-entities.js'
import { readBookings } from './store/bookings.store.js'

/** An advance of a schedule and how far it is. */
export interface Advance {
  number: number
  dueOn: Day
  cents: Cents
  /** Planned until it was ordered, then as the payment stands. */
  state: 'planned' | PayableState
  paidOn: Day | null
}

/** The money of an agreement in a year. */
export interface WijkYear {
  agreement: Agreement
  year: number
  /** The version of the agreement that gives the year's wijkbudget: the one that holds at its end. */
  version: AgreementVersion
  budgetCents: Cents
  schedule: StoredSchedule | null
  /** The agreement gives another wijkbudget than the schedule was made with. */
  stale: boolean
  advances: Advance[]
  bookings: DistrictBookingRow[]
  paidCents: Cents
  spentCents: Cents
  /** The current account: what was paid ahead less what was spent and what was settled. */
  balanceCents: Cents
  settlements: StoredSettlement[]
  /** Quarters that no approved report is there of. */
  openQuarters: string[]
  /** What still has to be paid of what the year was settled at. */
  toPay: { state: PayableState; paidOn: Day | null; cents: Cents }[]
}

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
      return yearOf(agreement, version, year, {
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

/** The version that governs the money of a year; null when the agreement has no day in it. */
export function versionInYear(agreement: Agreement, year: number): AgreementVersion | null {
  const last = lastDayOf(year)
  return versionOn(agreement, agreement.endsOn < last ? agreement.endsOn : last) ?? null
}

/** The keys of payables: an advance, and what is paid extra when the year is settled. */
export const advanceKey = (agreementId: string, year: number, number: number) =>
  `advance:${agreementId}:${year}:${number}`
export const settlementKey = (settlementId: string) => `advance-settlement:${settlementId}`

interface Found {
  schedule: StoredSchedule | null
  orders: AdvanceOrderRow[]
  bookings: DistrictBookingRow[]
  settlements: StoredSettlement[]
  payables: ReadonlyMap<string, Payable>
  approved: ReadonlySet<string>
}

function yearOf(agreement: Agreement, version: AgreementVersion, year: number, found: Found): WijkYear {
  const { schedule, bookings, settlements, payables, approved } = found
  const budgetCents = version.terms.wijkbudgetCents
  const advances = advancesOf(agreement.id, year, found)
  const paidCents = sum(advances.filter(({ state }) => state === 'paid'))
  const spentCents = sum(bookings)
  const confirmed = settlements.filter(({ confirmation }) => confirmation)
  const settled = confirmed.reduce((total, one) => total + one.balanceCents + one.uncoveredCents * -1n, 0n)
  const quarters = quartersOf(agreement).filter((quarter) => quarter.year === year)
  return {
    ...{ agreement, year, version, budgetCents, schedule, advances, bookings, settlements },
    stale: schedule !== null && schedule.budgetCents !== budgetCents,
    ...{ paidCents, spentCents, balanceCents: paidCents - spentCents - settled },
    openQuarters: quarters.map((quarter) => quarter.toString()).filter((quarter) => !approved.has(quarter)),
    toPay: confirmed.flatMap(({ id }) => {
      const payable = payables.get(settlementKey(id))
      return payable ? [{ state: payable.state, paidOn: payable.paidOn, cents: payable.cents }] : []
    }),
  }
}

/** What was ordered as it stands, then what the schedule still plans. */
function advancesOf(agreementId: string, year: number, { schedule, orders, payables }: Found): Advance[] {
  const ordered = orders.map(({ number, dueOn, cents, paidOn }): Advance => {
    if (paidOn) return { number, dueOn, cents, state: 'paid', paidOn }
    const payable = payables.get(advanceKey(agreementId, year, number))
    return { number, dueOn, cents, state: payable?.state ?? 'ready', paidOn: payable?.paidOn ?? null }
  })
  const taken = new Set(orders.map(({ number }) => number))
  const planned = (schedule?.instalments ?? [])
    .filter(({ number }) => !taken.has(number))
    .map((one): Advance => ({ ...one, state: 'planned', paidOn: null }))
  return [...ordered, ...planned].sort((a, b) => a.number - b.number)
}

function sum(amounts: readonly { cents: Cents }[]): Cents {
  return amounts.reduce((total, { cents }) => total + cents, 0n)
}
