import { addDays, type Day, type Fraction, type Violation } from '#kernel'
import type { AgreementKind } from './agreement.js'
import type { AgreementText } from './agreement-text.js'
import { hasProjectAdministration } from './model-text.js'
import type { ChangeKind } from './negotiation.js'
import { termsViolations } from './terms.js'
import { shownShare } from './typed-values.js'

/** What a text is judged by, beside itself. */
export interface TextContext {
  kind: AgreementKind
  change: ChangeKind
  /** Own means are at least this part of the wijkbudget: the statutes, `ownMeansRate`. */
  ownMeansRate: Fraction
  /** The agreement as it is signed now; null for a new one. */
  current: { startsOn: Day; endsOn: Day; latestHoldsFrom: Day } | null
}

/** The subsidy is for six years: no agreement is longer (subsidy application 2018). */
const LONGEST_YEARS = 6

/**
 * What keeps a text from being signed, all at once; paths are as in `AgreementText`. Codes: of `termsViolations`, and
 * `agreement.endsBeforeStart`, `periodTooLong`, `holdsOutsidePeriod`, `holdsFromTooEarly`, `gap`, `endingNotEarlier`,
 * `renewalNotLater`, `noNeighbourhoods`, `noServices`, `noIndicators`, `noClauses`, `ownMeansTooLow`,
 * `mandatoryClause`.
 */
export function textViolations(text: AgreementText, context: TextContext): Violation[] {
  return [
    ...periodViolations(text),
    ...changeViolations(text, context),
    ...(context.kind === 'district' ? districtViolations(text) : []),
    ...(text.terms.clauses.length === 0 ? [{ code: 'agreement.noClauses', path: 'clauses' }] : []),
    ...termsViolations(text.terms),
    ...ownMeansViolations(text, context),
  ]
}

function periodViolations({ startsOn, endsOn, holdsFrom }: AgreementText): Violation[] {
  if (endsOn < startsOn) return [{ code: 'agreement.endsBeforeStart', path: 'endsOn' }]
  const years = Number(endsOn.slice(0, 4)) - Number(holdsFrom.slice(0, 4)) + 1
  if (years > LONGEST_YEARS)
    return [{ code: 'agreement.periodTooLong', path: 'endsOn', params: { years: String(LONGEST_YEARS) } }]
  if (holdsFrom < startsOn || holdsFrom > endsOn)
    return [{ code: 'agreement.holdsOutsidePeriod', path: 'holdsFrom' }]
  return []
}

function changeViolations(
  { endsOn, holdsFrom }: AgreementText,
  { change, current }: TextContext,
): Violation[] {
  if (!current) return []
  const found: Violation[] = []
  if (holdsFrom < current.latestHoldsFrom)
    found.push({
      code: 'agreement.holdsFromTooEarly',
      path: 'holdsFrom',
      params: { day: current.latestHoldsFrom },
    })
  if (holdsFrom > addDays(current.endsOn, 1))
    found.push({ code: 'agreement.gap', path: 'holdsFrom', params: { day: addDays(current.endsOn, 1) } })
  if (change === 'ending' && endsOn >= current.endsOn)
    found.push({ code: 'agreement.endingNotEarlier', path: 'endsOn', params: { day: current.endsOn } })
  if (change === 'renewal' && endsOn <= current.endsOn)
    found.push({ code: 'agreement.renewalNotLater', path: 'endsOn', params: { day: current.endsOn } })
  return found
}

/** An SLA is about buurten, services and results, and keeps its books with the cooperative. */
function districtViolations({ neighbourhoodIds, terms }: AgreementText): Violation[] {
  return [
    ...(neighbourhoodIds.length === 0 ? [{ code: 'agreement.noNeighbourhoods', path: 'buurt' }] : []),
    ...(terms.services.length === 0 ? [{ code: 'agreement.noServices', path: 'service' }] : []),
    ...(terms.indicators.length === 0 ? [{ code: 'agreement.noIndicators', path: 'indicators' }] : []),
    ...(hasProjectAdministration(terms.clauses)
      ? []
      : [{ code: 'agreement.mandatoryClause', path: 'clauses' }]),
  ]
}

function ownMeansViolations({ terms }: AgreementText, { kind, ownMeansRate }: TextContext): Violation[] {
  if (kind !== 'district' || terms.ownMeansShare.compare(ownMeansRate) >= 0) return []
  const params = { rate: `${shownShare(ownMeansRate)}%` }
  return [{ code: 'agreement.ownMeansTooLow', path: 'ownMeansShare', params }]
}
