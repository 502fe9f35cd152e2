import type { Day } from '#kernel'
import type { Instant } from './instant.js'
import { type Recorded, standing } from './standing.js'

export type MemberKind = 'voting' | 'supporting'
export type MemberStatus = 'member' | 'suspended' | 'former' | 'none'

/** A fact in the member register. Facts are never changed: what happens later is a new fact. */
export type MembershipEvent =
  | { on: Day; type: 'admitted' | 'kindChanged'; kind: MemberKind }
  | { on: Day; type: 'suspended' | 'reinstated' | 'ended' }

/** What the register says of one member on one day. */
export interface Membership {
  status: MemberStatus
  kind: MemberKind | null
  /** A voting member who is not suspended (BW 2:38 lid 1); a supporting member never votes. */
  mayVote: boolean
  /** The day of the (last) admission. */
  since: Day | null
}

const NONE: Membership = { status: 'none', kind: null, mayVote: false, since: null }

/**
 * Folds a member's facts up to and including a day: by day, and on the same day in the order of
 * recording. A fact holds from the start of its day. Whether one may follow another is not judged here: a
 * change of kind sets the kind under any status, the end clears it.
 */
export function membershipOn(day: Day, events: readonly MembershipEvent[]): Membership {
  const past = events.filter((event) => event.on <= day)
  const inOrder = past.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return inOrder.reduce(afterEvent, NONE)
}

/** The same, as it was known at an instant: what was recorded later, corrections too, does not count yet. */
export function membershipKnownAt(
  day: Day,
  knownAt: Instant,
  history: readonly Recorded<MembershipEvent>[],
): Membership {
  return membershipOn(day, standing(history, knownAt))
}

function afterEvent(before: Membership, event: MembershipEvent): Membership {
  switch (event.type) {
    case 'admitted':
      return withVote({ status: 'member', kind: event.kind, since: event.on })
    case 'kindChanged':
      return withVote({ ...before, kind: event.kind })
    case 'suspended':
      return withVote({ ...before, status: 'suspended' })
    case 'reinstated':
      return withVote({ ...before, status: 'member' })
    case 'ended':
      return withVote({ ...before, status: 'former', kind: null })
  }
}

function withVote(membership: Omit<Membership, 'mayVote'>): Membership {
  return { ...membership, mayVote: membership.status === 'member' && membership.kind === 'voting' }
}
