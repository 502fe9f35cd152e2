/** How long a sign-in link and its code are valid. */
export const VALID_MINUTES = 15
/** How many times a code may be typed wrong before the request is spent. */
export const MAX_WRONG_CODES = 5
/** How many sign-ins may be asked for one address, and from one client, in a quarter of an hour. */
export const MAX_PER_ADDRESS = 5
export const MAX_PER_CLIENT = 30

export interface SignInRequest {
  personId: string | null
  wrongCodes: number
  expiresAt: Date
  usedAt: Date | null
}

/** Why a request can't be used (any more); null when it can. */
export type Refusal = 'signIn.unknown' | 'signIn.expired' | 'signIn.used' | 'signIn.tooManyCodes'

/**
 * Whether a one-time sign-in may still be used at an instant. The link is long and random, so
 * only the short code has a limit on wrong tries.
 */
export function refusalOf(request: SignInRequest | null, now: Date, by: 'link' | 'code'): Refusal | null {
  if (!request) return 'signIn.unknown'
  if (request.usedAt) return 'signIn.used'
  if (now >= request.expiresAt) return 'signIn.expired'
  if (by === 'code' && request.wrongCodes >= MAX_WRONG_CODES) return 'signIn.tooManyCodes'
  return null
}
