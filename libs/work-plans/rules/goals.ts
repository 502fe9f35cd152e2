import type { Violation } from '#kernel'

/** A goal of the year, for the whole city or for one administrative wijk. */
export interface Goal {
  /** Stays the same as long as the goal is in the plan: "doel-3". */
  id: string
  /** The short name of the administrative wijk; null for the whole city. */
  area: string | null
  text: string
  /** How you can see that it was reached, in words; may be empty. */
  sign: string
  /** The ids of the indicators of the agreements that say something about it. */
  indicators: string[]
}

export const GOAL_LIMITS = { text: 600, sign: 300, indicators: 10 }
const INDICATOR = /^[a-z0-9][a-z0-9-]{0,59}$/

/**
 * What is wrong with a goal. Codes: `goal.textNeeded`, `goal.textTooLong`, `goal.signTooLong`, `goal.unknownArea`,
 * `goal.indicatorMalformed`, `goal.tooManyIndicators`.
 */
export function checkGoal(goal: Omit<Goal, 'id'>, areas: readonly string[]): Violation[] {
  const { text, sign, indicators, area } = goal
  const wrong: [boolean, string, string][] = [
    [area !== null && !areas.includes(area), 'goal.unknownArea', 'gebied'],
    [text === '', 'goal.textNeeded', 'doel'],
    [text.length > GOAL_LIMITS.text, 'goal.textTooLong', 'doel'],
    [sign.length > GOAL_LIMITS.sign, 'goal.signTooLong', 'blijkt'],
    [indicators.some((id) => !INDICATOR.test(id)), 'goal.indicatorMalformed', 'indicatoren'],
    [indicators.length > GOAL_LIMITS.indicators, 'goal.tooManyIndicators', 'indicatoren'],
  ]
  return wrong.filter(([is]) => is).map(([, code, path]) => ({ code, path }))
}

/** The ids that were typed, separated by commas or white space, each once. */
export function readIndicators(typed: string): string[] {
  return [...new Set(typed.toLowerCase().split(/[\s,;]+/))].filter((id) => id !== '')
}

/** An id that no goal of the year had before, also not one that was taken out. */
export function nextGoalId(used: Iterable<string>): string {
  const numbers = [...used].map((id) => Number(/^doel-(\d+)$/.exec(id)?.[1] ?? 0))
  return `doel-${Math.max(0, ...numbers) + 1}`
}

/** Whether two goals say the same, so that what was judged of the one holds for the other. */
export function saysTheSame(one: Goal, other: Goal): boolean {
  return (
    one.id === other.id &&
    one.area === other.area &&
    one.text === other.text &&
    one.sign === other.sign &&
    one.indicators.join() === other.indicators.join()
  )
}

/** The city first, then the wijken in their usual order; within each in the order in which they were written. */
export function inOrder(goals: readonly Goal[], areas: readonly string[]): Goal[] {
  const place = ({ area }: Goal) => (area === null ? -1 : areas.indexOf(area))
  return goals.toSorted((a, b) => place(a) - place(b))
}
