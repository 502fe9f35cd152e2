import type { Violation } from '#kernel'

export type FloorEventKind = 'asked' | 'withdrawn' | 'placed' | 'given' | 'ended'

/** What happened with the floor during one item, in the order in which it was recorded. */
export interface FloorEvent {
  /** The member or the guest. */
  speakerId: string
  kind: FloorEventKind
  /** For `placed`: the place on the list, from 1. */
  place: number | null
  at: Date
  /** Who speaks for the member. */
  personId: string | null
}

export interface Waiting {
  speakerId: string
  personId: string | null
  askedAt: Date
}

/** Who waits, who speaks, and for how long everyone spoke, during one item. */
export interface FloorState {
  waiting: Waiting[]
  speaking: { speakerId: string; personId: string | null; since: Date } | null
  /** In the order of their last turn; who spoke twice stands here once, with both together. */
  spoken: { speakerId: string; personId: string | null; seconds: number }[]
}

/** The floor by its log. */
export function floorBy(events: readonly FloorEvent[]): FloorState {
  return events.reduce(afterEvent, { waiting: [], speaking: null, spoken: [] })
}

function afterEvent(state: FloorState, { speakerId, kind, place, at, personId }: FloorEvent): FloorState {
  const others = state.waiting.filter((one) => one.speakerId !== speakerId)
  const own = state.waiting.find((one) => one.speakerId === speakerId)
  switch (kind) {
    case 'asked':
      return { ...state, waiting: [...others, { speakerId, personId, askedAt: at }] }
    case 'withdrawn':
      return { ...state, waiting: others }
    case 'placed':
      return own ? { ...state, waiting: others.toSpliced(place! - 1, 0, own) } : state
    case 'given': {
      const speaking = { speakerId, personId: personId ?? own?.personId ?? null, since: at }
      return { ...state, waiting: others, speaking }
    }
    case 'ended':
      return state.speaking?.speakerId === speakerId ? afterSpeech(state, at) : state
  }
}

function afterSpeech({ waiting, speaking, spoken }: FloorState, at: Date): FloorState {
  const { speakerId, personId, since } = speaking!
  const before = spoken.find((one) => one.speakerId === speakerId)?.seconds ?? 0
  const seconds = before + Math.max(0, Math.round((at.getTime() - since.getTime()) / 1000))
  const others = spoken.filter((one) => one.speakerId !== speakerId)
  return { waiting, speaking: null, spoken: [...others, { speakerId, personId, seconds }] }
}

/** What asking for the floor depends on. */
export interface FloorRequest {
  /** The item that the assembly is at; null between items. */
  currentItemId: string | null
  /** The item that the asker saw. */
  itemId: string
  speakerId: string
  isPresent: boolean
}

/**
 * Whether a member may ask for the floor: it is in the hall, about the item at hand, and did not speak about it yet. The
 * chair leads the debate and may give the floor more often.
 * @returns at most one of `floor.noItem`, `floor.otherItem`, `floor.notPresent`, `floor.alreadySpoken`
 */
export function checkAsking(request: FloorRequest, { spoken }: FloorState): Violation[] {
  const refused = checkItem(request)
  if (refused.length > 0) return refused
  if (!request.isPresent) return [{ code: 'floor.notPresent' }]
  const hasSpoken = spoken.some(({ speakerId }) => speakerId === request.speakerId)
  return hasSpoken ? [{ code: 'floor.alreadySpoken' }] : []
}

/**
 * Whether the chair may give the floor to someone: only to who is in the hall, about the item at hand.
 * @returns at most one of `floor.noItem`, `floor.otherItem`, `floor.speakerNotPresent`
 */
export function checkGiving(request: FloorRequest): Violation[] {
  const refused = checkItem(request)
  if (refused.length > 0) return refused
  return request.isPresent ? [] : [{ code: 'floor.speakerNotPresent' }]
}

function checkItem({ currentItemId, itemId }: FloorRequest): Violation[] {
  if (currentItemId === null) return [{ code: 'floor.noItem' }]
  return currentItemId === itemId ? [] : [{ code: 'floor.otherItem' }]
}
