import type { Day } from '#kernel'

/** A delegate acts and votes for a member; a substitute may do so too. */
export const mandateFunctions = ['delegate', 'substitute'] as const
export type MandateFunction = (typeof mandateFunctions)[number]

/** Why a mandate ended: another took its place, the membership ended, or someone asked for it. */
export type EndCause = 'successor' | 'membership' | 'request'

/** What happened to a proposed mandate. `continued` takes back the ends that came with the membership's end. */
export type MandateEvent = { at: Date } & (
  | { type: 'confirmed'; on: Day }
  | { type: 'refused' | 'withdrawn' | 'continued' }
  | { type: 'ended'; on: Day; cause: EndCause }
)

/** A mandate as it was proposed, and what happened to it in order of recording. */
export interface MandateRecord {
  id: string
  memberId: string
  personId: string
  function: MandateFunction
  /** The first day, and the first day after it; null while there is no end. */
  from: Day
  until: Day | null
  proposedAt: Date
  events: readonly MandateEvent[]
}

export type MandateState = 'pending' | 'confirmed' | 'refused' | 'withdrawn'

/** Days on which something holds: from the first up to but without `until`. */
export interface Span {
  from: Day
  until: Day | null
}

/** How a mandate stands; its days are those on which it really held or will hold. */
export interface MandateStanding extends Span {
  state: MandateState
}

/**
 * How a mandate stood, as known at an instant (that instant included; by all that is known when absent); null
 * when it had not been proposed yet. A confirmed one holds until the first of its ends.
 */
export function standingOf(mandate: MandateRecord, knownAt?: Date): MandateStanding | null {
  const isKnown = (at: Date) => !knownAt || at.getTime() <= knownAt.getTime()
  if (!isKnown(mandate.proposedAt)) return null
  let standing: MandateStanding = { state: 'pending', from: mandate.from, until: mandate.until }
  let ends: { on: Day; cause: EndCause }[] = []
  for (const event of mandate.events) {
    if (!isKnown(event.at)) continue
    if (event.type === 'confirmed') standing = { ...standing, state: 'confirmed', from: event.on }
    else if (event.type === 'ended') ends.push(event)
    else if (event.type === 'continued') ends = ends.filter(({ cause }) => cause !== 'membership')
    else standing = { ...standing, state: event.type }
  }
  return { ...standing, until: ends.reduce((until, { on }) => earliest(until, on), standing.until) }
}

/** Whether a mandate holds on a day. */
export function holdsOn({ state, ...span }: MandateStanding, day: Day): boolean {
  return state === 'confirmed' && contains(span, day)
}

/** Whether the day is one of the span's. */
export function contains({ from, until }: Span, day: Day): boolean {
  return from <= day && (until === null || day < until)
}

/** Whether two spans have a day in common; a span that ends before it begins has none. */
export function overlap(a: Span, b: Span): boolean {
  const from = latest(a.from, b.from)
  const until = earliest(a.until, b.until)
  return until === null || from < until
}

/** The later of two days. */
export function latest(a: Day, b: Day): Day {
  if (a > b) return a
  return b
}

/** The first of two ends; null is no end. */
export function earliest(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

/**
 * Who acts in a function on a day, as known at an instant; null when nobody does. Were there several (from before
 * mandates were kept), the one that began last counts.
 */
export function actingOn<M extends MandateRecord>(
  mandates: readonly M[],
  wanted: MandateFunction,
  day: Day,
  knownAt?: Date,
): (Span & { mandate: M }) | null {
  const holding = mandates.flatMap((mandate) => {
    const standing = mandate.function === wanted ? standingOf(mandate, knownAt) : null
    return standing && holdsOn(standing, day) ? [{ mandate, from: standing.from, until: standing.until }] : []
  })
  return holding.reduce<(Span & { mandate: M }) | null>(
    (last, one) => (last && last.from > one.from ? last : one),
    null,
  )
}
