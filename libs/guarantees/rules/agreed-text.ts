import { type Cents, canonicalJson, type Day } from '#kernel'

/** What is agreed by a signature. */
export interface Agreed {
  act: 'offered' | 'offerWithdrawn' | 'accepted' | 'increased' | 'decreased' | 'released'
  memberId: string
  memberNumber: number
  cents: Cents
  /** The first day on which it works; null while that depends on the other side. */
  fromDay: Day | null
  reference: string
}

/** What somebody agrees to with each act, in the words that the page shows above the button. */
export const TERMS: Record<Agreed['act'], string> = {
  offered:
    'Het lid staat tegenover de coöperatie garant voor dit bedrag, zodra de coöperatie het aanbod aanvaardt. ' +
    'Het lid betaalt pas als de coöperatie de garantie aanspreekt. De afspraak verandert alleen met een ' +
    'handtekening van het lid; het lid kan haar verlagen met de opzegtermijn van de statuten.',
  offerWithdrawn: 'Het lid trekt zijn aanbod in.',
  accepted: 'De coöperatie aanvaardt het aanbod van het lid.',
  increased: 'De coöperatie aanvaardt het aanbod van het lid, bovenop wat het lid al heeft toegezegd.',
  decreased:
    'Het lid verlaagt zijn garantie met dit bedrag, met de opzegtermijn van de statuten. Wat op die dag is ' +
    'aangesproken, blijft staan.',
  released: 'De coöperatie ontslaat het lid uit dit deel van zijn garantie, en het lid stemt daarmee in.',
}

/** The text that is signed: canonical JSON, so that equal agreements have equal hashes. It names no person. */
export function agreedText(agreed: Agreed): string {
  return canonicalJson({ kind: 'samen.guarantee', version: 1, ...agreed, terms: TERMS[agreed.act] })
}
