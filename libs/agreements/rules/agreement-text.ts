import type { Day } from '#kernel'
import type { AgreementTerms } from './terms.js'

/** Everything that the two parties sign, apart from who they are: period, buurten and terms. */
export interface AgreementText {
  startsOn: Day
  endsOn: Day
  /** From when this version holds; the first holds from the start. */
  holdsFrom: Day
  /** The buurten, by id; none for a contract about the whole city. */
  neighbourhoodIds: string[]
  terms: AgreementTerms
}
