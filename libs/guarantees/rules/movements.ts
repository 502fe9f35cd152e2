import { type Cents, compareCodePoints, type Day, formatCents, type Violation } from '#kernel'

/**
 * What can happen to a guarantee. `offered` does not count until the cooperative accepts it: `accepted` for a first
 * pledge, `increased` for what comes on top. `called` takes room of the pledge; a call is settled by the bank
 * (`callPaid`) or from what the holder paid in (`callOffset`).
 */
export const movementTypes = [
  'offered',
  'offerWithdrawn',
  'offerRefused',
  'accepted',
  'increased',
  'decreased',
  'released',
  'paidIn',
  'refunded',
  'called',
  'callCancelled',
  'callPaid',
  'callOffset',
  'transferredOut',
  'transferredIn',
] as const
export type MovementType = (typeof movementTypes)[number]

/** One line of the register, as the fold needs it. */
export interface Movement {
  id: string
  memberId: string
  type: MovementType
  /** Always more than 0: the type says which way it goes. */
  cents: Cents
  /** From this day on it works; a decrease after the notice of the statutes. */
  onDay: Day
  /** The offer that is answered; of a transfer the other side. */
  refersTo: string | null
}

/** What a member stands surety for on a day. */
export interface HolderPosition {
  memberId: string
  pledgedCents: Cents
  /** The money that the cooperative holds of the member as a deposit. */
  paidInCents: Cents
  /** Of the pledge; paid or not. */
  calledCents: Cents
  callPaidCents: Cents
  /** Not accepted yet, so not part of the pledge. */
  offeredCents: Cents
}

/** A change of a pledge, in force from its day. */
export interface GuaranteeChange {
  /** The member. */
  id: string
  on: Day
  /** Signed. */
  cents: Cents
}

/** What of the pledge was not called. */
export function roomOf({ pledgedCents, calledCents }: HolderPosition): Cents {
  return pledgedCents - calledCents
}

/** What was called and not paid yet. */
export function openCallOf({ calledCents, callPaidCents }: HolderPosition): Cents {
  return calledCents - callPaidCents
}

/** What a movement did: the amount that was left of it on its day, never more than was recorded. */
export interface Effect {
  movement: Movement
  cents: Cents
}

/** How everyone stood, and what each movement did, at the end of a day. */
export interface Folded {
  positions: HolderPosition[]
  effects: Effect[]
}

/**
 * The positions at the end of a day, in order of the first movement. What takes away is cut down on its day to what
 * is there then: a decrease to what is not called, a refund to what was paid in. So no balance is ever below 0.
 * @param movements of one day in the order in which they were recorded; the days may be in any order
 */
export function fold(movements: readonly Movement[], day: Day): Folded {
  const state: FoldState = { positions: new Map(), done: new Map(), offers: new Map() }
  const effects: Effect[] = []
  for (const movement of byDay(movements)) {
    if (movement.onDay > day) break
    const cents = STEPS[movement.type](positionIn(state, movement.memberId), movement, state)
    state.done.set(movement.id, cents)
    effects.push({ movement, cents })
  }
  return { positions: [...state.positions.values()], effects }
}

/** As {@link fold}: only the positions. */
export function positionsOf(movements: readonly Movement[], day: Day): HolderPosition[] {
  return fold(movements, day).positions
}

/** How one member stands at the end of a day; all zeros when it never stood surety. */
export function positionOf(movements: readonly Movement[], memberId: string, day: Day): HolderPosition {
  return positionsOf(movements, day).find((one) => one.memberId === memberId) ?? noPosition(memberId)
}

/** What changed in the pledges through a day, with what each change did; by day, then in order of recording. */
export function pledgeChangesOf(movements: readonly Movement[], throughDay: Day): GuaranteeChange[] {
  return fold(movements, throughDay).effects.flatMap(({ movement, cents }) => {
    const sign = PLEDGE_SIGN[movement.type]
    if (!sign || cents === 0n) return []
    return [{ id: movement.memberId, on: movement.onDay, cents: sign * cents }]
  })
}

/**
 * What stands in the way of recording a movement: all of it has to work on its day, and what was recorded before
 * has to keep working. A decrease is free: on its day it is cut down to what is there.
 * Codes: `guarantee.overRoom`, `guarantee.overPaidIn`, `guarantee.overOpenCall` (params room), `guarantee.undoesLater`
 * @param today through this day nothing that was recorded before may be cut down by it
 */
export function checkMovement(recorded: readonly Movement[], movement: Movement, today: Day): Violation[] {
  if (movement.type === 'decreased') return []
  const through = movement.onDay > today ? movement.onDay : today
  const before = new Map(fold(recorded, through).effects.map(({ movement: { id }, cents }) => [id, cents]))
  const { effects } = fold([...recorded, movement], through)
  const own = effects.find((effect) => effect.movement.id === movement.id)!
  if (own.cents < movement.cents && LIMITED[movement.type])
    return [{ code: `guarantee.${LIMITED[movement.type]}`, params: { room: formatCents(own.cents) } }]
  const cut = effects.some(
    (effect) =>
      effect !== own &&
      effect.movement.type !== 'decreased' &&
      effect.cents !== before.get(effect.movement.id),
  )
  return cut ? [{ code: 'guarantee.undoesLater' }] : []
}

/** Which limit a movement can pass. */
const LIMITED: Partial<Record<MovementType, string>> = {
  released: 'overRoom',
  transferredOut: 'overRoom',
  called: 'overRoom',
  refunded: 'overPaidIn',
  callCancelled: 'overOpenCall',
  callPaid: 'overOpenCall',
  callOffset: 'overPaidIn',
}

export function noPosition(memberId: string): HolderPosition {
  const none = { pledgedCents: 0n, paidInCents: 0n, calledCents: 0n, callPaidCents: 0n, offeredCents: 0n }
  return { memberId, ...none }
}

interface FoldState {
  positions: Map<string, HolderPosition>
  /** What each movement did. */
  done: Map<string, Cents>
  /** The offers that nobody answered yet. */
  offers: Map<string, { memberId: string; cents: Cents }>
}

type Step = (position: HolderPosition, movement: Movement, state: FoldState) => Cents

const PLEDGE_SIGN: Partial<Record<MovementType, bigint>> = {
  accepted: 1n,
  increased: 1n,
  transferredIn: 1n,
  decreased: -1n,
  released: -1n,
  transferredOut: -1n,
}

const offer: Step = (position, { id, memberId, cents }, { offers }) => {
  offers.set(id, { memberId, cents })
  position.offeredCents += cents
  return cents
}

const closeOffer: Step = (position, { memberId, refersTo }, { offers }) => {
  const offered = refersTo === null ? undefined : offers.get(refersTo)
  if (refersTo === null || offered?.memberId !== memberId) return 0n
  offers.delete(refersTo)
  position.offeredCents -= offered.cents
  return offered.cents
}

const pledge: Step = (position, movement, state) => {
  closeOffer(position, movement, state)
  position.pledgedCents += movement.cents
  return movement.cents
}

const unpledge: Step = (position, { cents }) => {
  const taken = least(cents, roomOf(position))
  position.pledgedCents -= taken
  return taken
}

const STEPS: Record<MovementType, Step> = {
  offered: offer,
  offerWithdrawn: closeOffer,
  offerRefused: closeOffer,
  accepted: pledge,
  increased: pledge,
  decreased: unpledge,
  released: unpledge,
  transferredOut: unpledge,
  // What comes in is what went out at the other side.
  transferredIn: (position, { cents, refersTo }, { done }) => {
    const moved = (refersTo ? done.get(refersTo) : undefined) ?? cents
    position.pledgedCents += moved
    return moved
  },
  paidIn: (position, { cents }) => {
    position.paidInCents += cents
    return cents
  },
  refunded: (position, { cents }) => {
    const taken = least(cents, position.paidInCents)
    position.paidInCents -= taken
    return taken
  },
  called: (position, { cents }) => {
    const taken = least(cents, roomOf(position))
    position.calledCents += taken
    return taken
  },
  callCancelled: (position, { cents }) => {
    const given = least(cents, openCallOf(position))
    position.calledCents -= given
    return given
  },
  callPaid: (position, { cents }) => {
    const paid = least(cents, openCallOf(position))
    position.callPaidCents += paid
    return paid
  },
  callOffset: (position, { cents }) => {
    const settled = least(least(cents, openCallOf(position)), position.paidInCents)
    position.callPaidCents += settled
    position.paidInCents -= settled
    return settled
  },
}

function positionIn({ positions }: FoldState, memberId: string): HolderPosition {
  const known = positions.get(memberId)
  if (known) return known
  const fresh = noPosition(memberId)
  positions.set(memberId, fresh)
  return fresh
}

/** Sorting keeps the order of recording within a day. */
function byDay(movements: readonly Movement[]): Movement[] {
  return [...movements].sort((a, b) => compareCodePoints(a.onDay, b.onDay))
}

const least = (a: Cents, b: Cents) => (a < b ? a : b)
