import { canonicalJson } from '#kernel'

/** What the hash of an electorate vouches for, per member. */
export interface ElectorForHash {
  memberId: string
  memberNumber: number
  weight: number
  casterIds: readonly string[]
  holderId: string | null
  proxyId: string | null
}

/**
 * The frozen electorate as one canonical text, whatever the order it came in; its SHA-256 is shown while the poll
 * is open. Names are left out: a member is known by its number, and an erasure of a name must not break the proof.
 */
export function electorateText(electors: readonly ElectorForHash[]): string {
  return canonicalJson(
    [...electors]
      .sort((a, b) => a.memberNumber - b.memberNumber)
      .map(({ memberId, memberNumber, weight, casterIds, holderId, proxyId }) => ({
        ...{ memberId, memberNumber, weight, holderId, proxyId },
        casterIds: [...casterIds].sort(),
      })),
  )
}
