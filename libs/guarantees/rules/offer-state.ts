import type { MovementType } from './movements.js'

/** How an offer stands. */
export type OfferState = 'waiting' | 'accepted' | 'refused' | 'withdrawn'

/** @param answer the movement that answered the offer, or null while it waits */
export function stateOfOffer(answer: MovementType | null): OfferState {
  if (answer === null) return 'waiting'
  if (answer === 'offerRefused') return 'refused'
  return answer === 'offerWithdrawn' ? 'withdrawn' : 'accepted'
}
