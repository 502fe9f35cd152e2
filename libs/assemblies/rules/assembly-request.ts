import { addDays, type Day, Fraction } from '#kernel'

export type RequestKind = 'assembly' | 'item'

/** BW 2:41: members that together may cast at least a tenth of the votes. */
const SHARE = Fraction.of(1n, 10n)
/** The board convenes at a term of at most four weeks after the request was filed. */
const BOARD_DAYS = 28
/** After fourteen days of silence the requesters may convene themselves. */
const SILENCE_DAYS = 14

/** How many votes must sign: a tenth of the votes of all members, rounded up to a whole vote. */
export function votesNeeded(electorate: number): number {
  return Math.max(1, Number(SHARE.timesCeil(BigInt(electorate))))
}

export type RequestState = 'collecting' | 'filed' | 'silent' | 'overdue' | 'answered'

export interface RequestStanding {
  state: RequestState
  /** The last day for the assembly; null while signatures are collected. */
  boardUntil: Day | null
  /** The first day on which the requesters may convene themselves. */
  selfFrom: Day | null
}

/**
 * Where a request stands on a day. `silent`: fourteen days went by and the requesters may convene; `overdue`: the
 * four weeks are over too. For an item there is no convening by the requesters: it stays `filed` until it is on
 * the agenda, or `overdue`.
 */
export function requestStanding(
  request: { kind: RequestKind; filedOn: Day | null; answeredOn: Day | null },
  today: Day,
): RequestStanding {
  const { kind, filedOn, answeredOn } = request
  if (!filedOn) return { state: 'collecting', boardUntil: null, selfFrom: null }
  const boardUntil = addDays(filedOn, BOARD_DAYS)
  const selfFrom = kind === 'assembly' ? addDays(filedOn, SILENCE_DAYS + 1) : null
  if (answeredOn) return { state: 'answered', boardUntil, selfFrom }
  if (today > boardUntil) return { state: 'overdue', boardUntil, selfFrom }
  if (selfFrom && today >= selfFrom) return { state: 'silent', boardUntil, selfFrom }
  return { state: 'filed', boardUntil, selfFrom }
}

/** Whether the requesters may convene the assembly themselves on this day. */
export function mayConveneThemselves({ state, selfFrom }: RequestStanding, today: Day): boolean {
  return state !== 'answered' && selfFrom !== null && today >= selfFrom
}
