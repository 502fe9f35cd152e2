import { type Agreement, type AgreementVersion, quartersOf, versionOn } from '#agreements'
import type { Cents, Day } from '#kernel'
import type { Payable, PayableState } from '#payments'
import { lastDayOf } from './rules/advance-schedule.js'
import type { AdvanceOrderRow } from './store/advance-entities.js'
import type { StoredSchedule, StoredSettlement } from './store/advances.store.js'
import type { DistrictBookingRow } from './store/booking-entities.js'

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
  /** Advances that were ordered and that the bank did not pay, or that came back. */
  unpaidCount: number
  bookings: DistrictBookingRow[]
  paidCents: Cents
  spentCents: Cents
  /** The current account: what was paid ahead less what was spent and what was settled. */
  balanceCents: Cents
  settlements: StoredSettlement[]
  /** Quarters that no approved report is there of. */
  openQuarters: string[]
  /** What still has to be paid of what the year was settled at. */
  toPay: { settlementId: string; state: PayableState; paidOn: Day | null; cents: Cents }[]
}

/** The version that governs the money of a year; null when the agreement has no day in it. */
export function versionInYear(agreement: Agreement, year: number): AgreementVersion | null {
  const last = lastDayOf(year)
  return versionOn(agreement, agreement.endsOn < last ? agreement.endsOn : last) ?? null
}

/** The lines that an agreement has in a year, in their order. */
export function linesIn(agreement: Agreement, year: number): { id: string; label: string }[] {
  return (versionInYear(agreement, year)?.terms.lines ?? []).map(({ id, label }) => ({ id, label }))
}

/** The keys of payables: an advance, and what is paid extra when the year is settled. */
export const advanceKey = (agreementId: string, year: number, number: number) =>
  `advance:${agreementId}:${year}:${number}`
export const settlementKey = (settlementId: string) => `advance-settlement:${settlementId}`

/** `VS-2019-oost-1`: as it stands on a bank statement. */
export function referenceOf({ agreement, year }: WijkYear, part: number | string): string {
  return `VS-${year}-${agreement.areaSlug}-${part}`
}

/** What a payment is made on the strength of. */
export function documentOf({ agreement, version }: WijkYear): string {
  return `Afspraak ${agreement.areaSlug}, versie ${version.number}`
}

/** What is kept of a wijk in a year. */
interface Found {
  schedule: StoredSchedule | null
  orders: AdvanceOrderRow[]
  bookings: DistrictBookingRow[]
  settlements: StoredSettlement[]
  payables: ReadonlyMap<string, Payable>
  approved: ReadonlySet<string>
}

/** How a wijk stands in a year, from what is kept of it. */
export function wijkYearOf(
  agreement: Agreement,
  version: AgreementVersion,
  year: number,
  found: Found,
): WijkYear {
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
    unpaidCount: advances.filter(({ state }) => state !== 'planned' && state !== 'paid').length,
    stale: schedule !== null && schedule.budgetCents !== budgetCents,
    ...{ paidCents, spentCents, balanceCents: paidCents - spentCents - settled },
    openQuarters: quarters.map((quarter) => quarter.toString()).filter((quarter) => !approved.has(quarter)),
    toPay: confirmed.flatMap(({ id }) => {
      const payable = payables.get(settlementKey(id))
      if (!payable) return []
      const { state, paidOn, cents } = payable
      return [{ settlementId: id, state, paidOn, cents }]
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
