import { type Cents, formatCents, type Violation } from '#kernel'
import { type Agreement, type AgreementKind, versionOn } from './agreement.js'
import type { AgreementText } from './agreement-text.js'

/** As much of an agreement as its wijkbudget depends on. */
export type BudgetedAgreement = Pick<Agreement, 'id' | 'kind' | 'startsOn' | 'endsOn' | 'versions'>

/**
 * What an agreement takes of the execution budget of a year: the wijkbudget of the version that holds at the year's
 * end, or at the agreement's. Amounts are per calendar year, also when the agreement holds for part of it. Contracts
 * about the whole city take nothing: the wijken are in them.
 */
export function wijkbudgetIn(agreement: BudgetedAgreement, year: number): Cents {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  if (agreement.kind !== 'district' || agreement.endsOn < first || agreement.startsOn > last) return 0n
  const [day] = [agreement.endsOn, last].sort()
  return versionOn(agreement as Agreement, day!)?.terms.wijkbudgetCents ?? 0n
}

/** The agreement as it will be once this text is signed; `current` is null for a new one. */
export function asSigned(
  current: BudgetedAgreement | null,
  kind: AgreementKind,
  text: AgreementText,
): BudgetedAgreement {
  const number = Math.max(0, ...(current?.versions ?? []).map((version) => version.number)) + 1
  const version = { id: '', number, holdsFrom: text.holdsFrom, signedOn: text.holdsFrom, terms: text.terms }
  return {
    id: current?.id ?? '',
    kind,
    startsOn: current?.startsOn ?? text.startsOn,
    endsOn: text.endsOn,
    versions: [...(current?.versions ?? []), version],
  }
}

/** The calendar years in which a text holds. */
export function yearsOf({ holdsFrom, endsOn }: Pick<AgreementText, 'holdsFrom' | 'endsOn'>): number[] {
  const [first, last] = [Number(holdsFrom.slice(0, 4)), Number(endsOn.slice(0, 4))]
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place)
}

/** How the wijkbudgets of a year stand to what there is. */
export interface YearBudget {
  year: number
  /** What the wijken can spend together; null while nobody divided the subsidy of that year. */
  limitCents: Cents | null
  /** What the other agreements take. */
  othersCents: Cents
}

/** The sum of the wijkbudgets of a year never exceeds the execution budget: `agreement.budgetExceeded`. */
export function budgetViolations(years: readonly YearBudget[], signed: BudgetedAgreement): Violation[] {
  return years.flatMap(({ year, limitCents, othersCents }) => {
    const sum = othersCents + wijkbudgetIn(signed, year)
    if (limitCents === null || sum <= limitCents) return []
    const room = limitCents > othersCents ? limitCents - othersCents : 0n
    const params = { year: String(year), room: formatCents(room), limit: formatCents(limitCents) }
    return [{ code: 'agreement.budgetExceeded', path: 'wijkbudgetCents', params }]
  })
}

/** Another agreement about buurten, and its period. */
export interface TakenNeighbourhood {
  id: string
  name: string
  areaName: string
  startsOn: string
  endsOn: string
}

/** A buurt belongs to one agreement at a time: `agreement.neighbourhoodTaken`. */
export function overlapViolations(text: AgreementText, taken: readonly TakenNeighbourhood[]): Violation[] {
  return taken
    .filter(({ id }) => text.neighbourhoodIds.includes(id))
    .filter(({ startsOn, endsOn }) => startsOn <= text.endsOn && text.holdsFrom <= endsOn)
    .map(({ id, name, areaName }) => ({
      code: 'agreement.neighbourhoodTaken',
      path: `buurt.${id}`,
      params: { name, area: areaName },
    }))
}
