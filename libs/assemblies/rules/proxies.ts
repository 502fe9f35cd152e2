import type { Violation } from '#kernel'

/** How a proxy stands. It lives while it is asked or accepted. */
export type ProxyState = 'asked' | 'accepted' | 'declined' | 'revoked' | 'returned'

/** What happened to a proxy after it was granted. */
export type ProxyEventType = Exclude<ProxyState, 'asked'>

/** A written proxy to another member entitled to vote (BW 2:38 lid 4), with what happened to it, by moment. */
export interface MemberProxy {
  id: string
  principalId: string
  holderId: string
  grantedAt: Date
  events: readonly { type: ProxyEventType; at: Date }[]
}

/** How a proxy stands at an instant; null before it was granted. */
export function proxyStateAt({ grantedAt, events }: MemberProxy, instant: Date): ProxyState | null {
  if (grantedAt > instant) return null
  return events.filter(({ at }) => at <= instant).at(-1)?.type ?? 'asked'
}

/** The proxies of one assembly at a moment, with what limits them. */
export interface ProxiesNow {
  proxies: readonly MemberProxy[]
  now: Date
  /** The members who may vote on the day of the assembly. */
  mayVote: ReadonlySet<string>
  /** The most proxies that one member may hold, as the statutes have it. */
  cap: { most: number; article: string }
}

const lives = (proxy: MemberProxy, now: Date) =>
  ['asked', 'accepted'].includes(proxyStateAt(proxy, now) ?? '')
const gaveOne = ({ proxies, now }: ProxiesNow, memberId: string) =>
  proxies.some((proxy) => proxy.principalId === memberId && lives(proxy, now))
const heldBy = ({ proxies, now }: ProxiesNow, memberId: string) =>
  proxies.filter((proxy) => proxy.holderId === memberId && proxyStateAt(proxy, now) === 'accepted').length

/**
 * Whether a member may give another a proxy now (BW 2:38 lid 4: to another person entitled to vote; the
 * statutes may limit it). Proxies form no chain: who gave one holds none, and who holds one gives none.
 * @returns at most one of `proxy.mayNotVote`, `proxy.toItself`, `proxy.holderMayNotVote`, `proxy.alreadyGiven`,
 * `proxy.principalHolds`, `proxy.holderGave`, `proxy.capReached`
 */
export function checkGrant(at: ProxiesNow, principalId: string, holderId: string): Violation[] {
  if (!at.mayVote.has(principalId)) return [{ code: 'proxy.mayNotVote' }]
  if (principalId === holderId) return [{ code: 'proxy.toItself', path: 'houder' }]
  if (!at.mayVote.has(holderId)) return [{ code: 'proxy.holderMayNotVote', path: 'houder' }]
  if (gaveOne(at, principalId)) return [{ code: 'proxy.alreadyGiven' }]
  if (heldBy(at, principalId) > 0) return [{ code: 'proxy.principalHolds' }]
  return checkHolder(at, holderId)
}

/**
 * Whether the holder may accept a proxy that was asked.
 * @returns at most one of `proxy.holderMayNotVote`, `proxy.holderGave`, `proxy.capReached`
 */
export function checkAcceptance(at: ProxiesNow, { holderId }: MemberProxy): Violation[] {
  if (!at.mayVote.has(holderId)) return [{ code: 'proxy.holderMayNotVote', path: 'houder' }]
  return checkHolder(at, holderId)
}

function checkHolder(at: ProxiesNow, holderId: string): Violation[] {
  if (gaveOne(at, holderId)) return [{ code: 'proxy.holderGave', path: 'houder' }]
  const { most, article } = at.cap
  if (heldBy(at, holderId) < most) return []
  return [{ code: 'proxy.capReached', path: 'houder', params: { most: String(most), article } }]
}

/** What may follow on each state: nothing follows on an end. */
const FOLLOWS: Record<ProxyState, readonly ProxyEventType[]> = {
  asked: ['accepted', 'declined', 'revoked'],
  accepted: ['revoked', 'returned'],
  declined: [],
  revoked: [],
  returned: [],
}

/**
 * Whether something may happen to a proxy as it stands.
 * @returns at most `proxy.over` (it was declined, revoked or returned) or `proxy.notNow`
 */
export function checkStep(state: ProxyState, type: ProxyEventType): Violation[] {
  if (FOLLOWS[state].includes(type)) return []
  return [{ code: FOLLOWS[state].length === 0 ? 'proxy.over' : 'proxy.notNow' }]
}

/**
 * The proxies in force at an instant, by principal: accepted and not ended by then, between members who may vote,
 * and suspended while the principal is present.
 */
export function proxiesInForce(
  proxies: readonly MemberProxy[],
  instant: Date,
  present: ReadonlySet<string>,
  mayVote: ReadonlySet<string>,
): Map<string, MemberProxy> {
  const inForce = proxies.filter(
    (proxy) =>
      proxyStateAt(proxy, instant) === 'accepted' &&
      !present.has(proxy.principalId) &&
      mayVote.has(proxy.principalId) &&
      mayVote.has(proxy.holderId),
  )
  return new Map(inForce.map((proxy) => [proxy.principalId, proxy]))
}

/** Who may cast for a member in one poll. */
export interface Casters {
  casterIds: string[]
  holderId: string | null
  proxyId: string | null
}

/**
 * Settles at the opening of a poll who casts for whom: the holder's delegates where a proxy is in force, else the
 * own ones (BW 2:38 lid 4). A proxy that is revoked later holds in this poll.
 */
export function freezeCasters<T extends { memberId: string; casterIds: string[] }>(
  electors: readonly T[],
  inForce: ReadonlyMap<string, MemberProxy>,
): (T & Casters)[] {
  const delegates = new Map(electors.map(({ memberId, casterIds }) => [memberId, casterIds]))
  return electors.map((elector) => {
    const proxy = inForce.get(elector.memberId)
    const casterIds = proxy ? delegates.get(proxy.holderId)! : elector.casterIds
    return { ...elector, casterIds, holderId: proxy?.holderId ?? null, proxyId: proxy?.id ?? null }
  })
}
