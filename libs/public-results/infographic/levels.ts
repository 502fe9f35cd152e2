import type { GoalDetail } from './goals.js'

/** How large the letters are and how much is told. */
export interface Level extends GoalDetail {
  scale: number
  /** Of the budget; the smallest go together. */
  lines: number
  /** Lines of text for each part of the story. */
  story: number
  /** Whether volunteers are drawn. */
  figures: boolean
}

const level = (
  scale: number,
  story: number,
  whyMissed: number,
  whyReached: number,
  lines = 15,
  figures = true,
): Level => ({ scale, story, whyMissed, whyReached, lines, figures })

/** From roomy to tight; the first that fits on the page is taken. The last always fits what an agreement may hold. */
export const levels: readonly Level[] = [
  ...[level(1.16, 16, 5, 3), level(1.08, 14, 5, 3), level(1, 14, 5, 3), level(1, 11, 4, 2)],
  ...[level(0.95, 10, 4, 2), level(0.92, 9, 3, 1), level(0.88, 8, 3, 1, 12), level(0.85, 7, 2, 0, 12)],
  ...[level(0.82, 6, 2, 0, 10, false), level(0.8, 5, 1, 0, 8, false), level(0.78, 4, 1, 0, 7, false)],
  ...[level(0.76, 3, 1, 0, 6, false), level(0.72, 2, 1, 0, 6, false), level(0.68, 2, 1, 0, 5, false)],
  ...[level(0.68, 2, 0, 0, 5, false), level(0.6, 1, 0, 0, 4, false)],
]

/** The first level that fits, when each that is tighter than one that fits does too. */
export function roomiestThat(fits: (level: Level) => boolean): Level {
  let [from, to] = [0, levels.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (fits(levels[middle]!)) to = middle
    else from = middle + 1
  }
  return levels[to]!
}

const LARGEST = 1.25
const STEP = 0.05

/**
 * What a column may do with the room that the page's level leaves it: first tell more, then in the largest letters.
 * `chosen` when nothing more fits.
 */
export function roomiestColumn(chosen: Level, fits: (level: Level) => boolean): Level {
  const details = [levels[0]!, levels[4]!, levels[7]!].filter(({ scale }) => scale >= chosen.scale)
  const detail = details.find((one) => fits({ ...one, scale: chosen.scale })) ?? chosen
  for (let scale = Math.min(chosen.scale * LARGEST, LARGEST); scale > chosen.scale; scale -= STEP)
    if (fits({ ...detail, scale })) return { ...detail, scale }
  return { ...detail, scale: chosen.scale }
}
