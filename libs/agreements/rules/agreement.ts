import { type Day, Quarter } from '#kernel'
import type { AgreementTerms } from './terms.js'

/** One signed text; amendments are new versions from a date. */
export interface AgreementVersion {
  id: string
  number: number
  holdsFrom: Day
  signedOn: Day
  terms: AgreementTerms
}

/**
 * What an agreement is about: an area and its wijkbudget (SLA, maatwerkafspraak), execution of the whole by the
 * contractor, or direction and the keeping of the purse. Only the first accounts for itself every quarter.
 */
export const agreementKinds = ['district', 'execution', 'direction'] as const
export type AgreementKind = (typeof agreementKinds)[number]

/** Who the other party is; a partnership is several organisations together without a legal form of their own. */
export const counterpartyKinds = ['districtCooperative', 'partnership', 'contractor', 'director'] as const
export type CounterpartyKind = (typeof counterpartyKinds)[number]

/** The other party to an agreement with the city cooperative. Its id is the scope of its treasurer and coordinator. */
export interface Counterparty {
  id: string
  name: string
  kind: CounterpartyKind
}

/** An agreement between the city cooperative and a counterparty, for an area and a period. */
export interface Agreement {
  id: string
  kind: AgreementKind
  /** The short name in addresses: `oost`. */
  areaSlug: string
  areaName: string
  /** The administrative wijk; null for a contract about the whole city. */
  accountingDistrictId: string | null
  counterparty: Counterparty
  startsOn: Day
  endsOn: Day
  /** By number. */
  versions: AgreementVersion[]
}

/** Whether the agreement's period holds this day. */
export function isInForce({ startsOn, endsOn }: Pick<Agreement, 'startsOn' | 'endsOn'>, day: Day): boolean {
  return startsOn <= day && day <= endsOn
}

/** The version that holds on a day: of those that hold from then or earlier, the latest; null outside the period. */
export function versionOn(agreement: Agreement, day: Day): AgreementVersion | null {
  if (!isInForce(agreement, day)) return null
  const holding = agreement.versions.filter(({ holdsFrom }) => holdsFrom <= day)
  return holding.toSorted(byDayThenNumber).at(-1) ?? null
}

function byDayThenNumber(a: AgreementVersion, b: AgreementVersion): number {
  if (a.holdsFrom !== b.holdsFrom) return a.holdsFrom < b.holdsFrom ? -1 : 1
  return a.number - b.number
}

/** The last day of a quarter that still falls in the agreement's period; null when none of it does. */
export function lastDayWithin(
  { startsOn, endsOn }: Pick<Agreement, 'startsOn' | 'endsOn'>,
  quarter: Quarter,
): Day | null {
  if (endsOn < quarter.firstDay() || startsOn > quarter.lastDay()) return null
  return endsOn < quarter.lastDay() ? endsOn : quarter.lastDay()
}

/** The version that governs the report on a quarter: the one that holds at its end. */
export function versionForQuarter(agreement: Agreement, quarter: Quarter): AgreementVersion | null {
  const day = lastDayWithin(agreement, quarter)
  return day === null ? null : versionOn(agreement, day)
}

/** All quarters that the agreement's period touches, in order. */
export function quartersOf({ startsOn, endsOn }: Pick<Agreement, 'startsOn' | 'endsOn'>): Quarter[] {
  const quarters: Quarter[] = []
  for (let quarter = Quarter.of(startsOn); quarter.firstDay() <= endsOn; quarter = quarter.next())
    quarters.push(quarter)
  return quarters
}
