import type { Day, Violation } from '#kernel'
import { latest, type MandateFunction, overlap, type Span } from './mandate.js'

/** A confirmed mandate of a member, with the days on which it holds. */
export interface HeldMandate extends Span {
  id: string
  personId: string
  function: MandateFunction
}

/** A mandate that is to hold. */
export type NewMandate = Omit<HeldMandate, 'id'>

/** What a new mandate does to the ones that stand. */
export interface Succession {
  /** Mandates that end, each with the first day on which it no longer holds. */
  endings: { mandateId: string; on: Day }[]
  violations: Violation[]
}

/**
 * What a new mandate does to those of the same member: it takes the place of the one before it, and a substitute
 * who becomes delegate stops being substitute. Codes: `mandate.alreadyActs` (this person does already, at least as
 * long), `mandate.laterStands` (params day: another begins later; the new one has to end before), and
 * `mandate.isDelegate` (nobody is the substitute of oneself).
 */
export function succeed(given: NewMandate, held: readonly HeldMandate[]): Succession {
  const endings: Succession['endings'] = []
  const violations: Violation[] = []
  for (const other of held.filter((one) => overlap(one, given))) {
    const same = other.function === given.function
    if (!same && other.personId !== given.personId) continue
    if (!same && given.function === 'substitute')
      violations.push({ code: 'mandate.isDelegate', path: 'email' })
    else if (same && other.personId === given.personId && covers(other, given))
      violations.push({ code: 'mandate.alreadyActs', path: 'email' })
    else if (same && other.from > given.from)
      violations.push({ code: 'mandate.laterStands', params: { day: other.from }, path: 'tot' })
    else endings.push({ mandateId: other.id, on: latest(other.from, given.from) })
  }
  return { endings, violations }
}

function covers(a: Span, b: Span): boolean {
  return a.from <= b.from && (a.until === null || (b.until !== null && a.until >= b.until))
}

/**
 * The most members that one person acts for on any day of a span, the new one included.
 * @param others what this person holds for other members
 */
export function membersAtOnce(span: Span, others: readonly (Span & { memberId: string })[]): number {
  const met = others.filter((other) => overlap(other, span))
  const days = [span.from, ...met.map(({ from }) => latest(from, span.from))]
  const counts = days.map(
    (day) =>
      new Set(
        met
          .filter((one) => one.from <= day && (one.until === null || day < one.until))
          .map((one) => one.memberId),
      ).size,
  )
  return Math.max(...counts) + 1
}
