import type { Violation } from '#kernel'

/** The two parties: who carries the agreement out, and the city cooperative. */
export const sides = ['counterparty', 'cooperative'] as const
export type Side = (typeof sides)[number]

/** What a negotiation is about: a first text, another one from a day on, a longer period, or an end before its day. */
export const changeKinds = ['new', 'amendment', 'renewal', 'ending'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** In which capacity one signs: for the counterparty its treasurer or delegate, for the cooperative director or chair. */
export const signingCapacities = ['treasurer', 'delegate', 'director', 'chair'] as const
export type SigningCapacity = (typeof signingCapacities)[number]

/** The counterparty of a negotiation, by the scopes of the roles that act for it. */
export interface PartyScopes {
  id: string
  memberId: string | null
}

interface RoleHolder {
  has(...roles: ('serviceTeam' | 'teamLead' | 'director' | 'chair')[]): boolean
  hasFor(role: 'treasurer' | 'coordinator' | 'delegate', scopeId: string): boolean
}

/**
 * For whom a person takes part; null for everyone else, who reads signed texts only. Who acts for the counterparty
 * does so alone, whatever other role the person has: nobody sits on both sides (BW 2:44).
 */
export function sideOf(visitor: RoleHolder, { id, memberId }: PartyScopes): Side | null {
  const forCounterparty =
    visitor.hasFor('treasurer', id) ||
    visitor.hasFor('coordinator', id) ||
    (memberId !== null && visitor.hasFor('delegate', memberId))
  if (forCounterparty) return 'counterparty'
  return visitor.has('serviceTeam', 'teamLead', 'director', 'chair') ? 'cooperative' : null
}

/** In which capacity a person may sign for their side; null when someone else must. */
export function capacityOf(visitor: RoleHolder, { id, memberId }: PartyScopes): SigningCapacity | null {
  if (sideOf(visitor, { id, memberId }) === 'counterparty') {
    if (visitor.hasFor('treasurer', id)) return 'treasurer'
    return memberId !== null && visitor.hasFor('delegate', memberId) ? 'delegate' : null
  }
  if (visitor.has('director')) return 'director'
  return visitor.has('chair') ? 'chair' : null
}

/** What happened in a negotiation, as far as its state depends on it. */
export interface NegotiationCourse {
  ended: boolean
  /** Its text was signed by both and is a version. */
  concluded: boolean
  /** The last proposal; null before the first. */
  proposal: { number: number; side: Side } | null
  /** The last offer, with who signed it. */
  offer: { proposal: number; withdrawn: boolean; signed: { side: Side; personId: string }[] } | null
}

export type NegotiationState = 'drafting' | 'negotiating' | 'offered' | 'signed' | 'ended'

/** How it stands. A later proposal leaves an offer behind: its signatures were over another text. */
export function negotiationState({ ended, concluded, proposal, offer }: NegotiationCourse): NegotiationState {
  if (concluded) return 'signed'
  if (ended) return 'ended'
  if (!proposal) return 'drafting'
  return offer && !offer.withdrawn && offer.proposal === proposal.number ? 'offered' : 'negotiating'
}

/** Nothing can be written or proposed any more: `agreement.negotiationOver`. */
export function checkOpen(course: NegotiationCourse): Violation[] {
  const state = negotiationState(course)
  return state === 'signed' || state === 'ended' ? [{ code: 'agreement.negotiationOver' }] : []
}

/** Only the last proposal is offered, and once: `agreement.negotiationOver`, `noProposal`, `newerProposal`. */
export function checkOffer(course: NegotiationCourse, proposal: number): Violation[] {
  const over = checkOpen(course)
  if (over.length > 0) return over
  if (!course.proposal) return [{ code: 'agreement.noProposal' }]
  return course.proposal.number === proposal ? [] : [{ code: 'agreement.newerProposal' }]
}

/**
 * Whether this person may sign now for this side.
 * Codes: `agreement.notOffered`, `agreement.sideSigned`, `agreement.otherPersonSigns`.
 */
export function checkSignature(course: NegotiationCourse, side: Side, personId: string): Violation[] {
  if (negotiationState(course) !== 'offered') return [{ code: 'agreement.notOffered' }]
  const { signed } = course.offer!
  if (signed.some((one) => one.side === side)) return [{ code: 'agreement.sideSigned' }]
  return signed.some((one) => one.personId === personId) ? [{ code: 'agreement.otherPersonSigns' }] : []
}

/** Who has to do something for it to go on; both when either may take the next step. */
export function turnOf(course: NegotiationCourse): Side[] {
  const state = negotiationState(course)
  if (state === 'signed' || state === 'ended') return []
  if (state === 'offered') {
    const signed = new Set(course.offer!.signed.map(({ side }) => side))
    return sides.filter((side) => !signed.has(side))
  }
  return course.proposal ? [otherSide(course.proposal.side)] : [...sides]
}

export const otherSide = (side: Side): Side => (side === 'counterparty' ? 'cooperative' : 'counterparty')
