import { compareInstants, type Instant } from './instant.js'

/**
 * A row of a register that only grows: a fact, when it was recorded, and which earlier row it corrects (by
 * place in the list). Without a fact it only withdraws.
 */
export interface Recorded<Fact> {
  recordedAt: Instant
  corrects: number | null
  fact: Fact | null
}

/**
 * The facts that stand, in order of recording, as known at an instant (that instant included; everything when
 * there is none). A row that was corrected stays dead, also when its correction was corrected in turn.
 */
export function standing<Fact>(history: readonly Recorded<Fact>[], knownAt?: Instant): Fact[] {
  const known = history.map(({ recordedAt }) => !knownAt || compareInstants(recordedAt, knownAt) <= 0)
  const dead = new Set(
    history.flatMap(({ corrects }, at) => (known[at] && corrects !== null ? [corrects] : [])),
  )
  return history.flatMap(({ fact }, at) => (known[at] && fact !== null && !dead.has(at) ? [fact] : []))
}
