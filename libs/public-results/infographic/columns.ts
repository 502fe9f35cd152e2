import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, type Setter, type Span, space, stack } from './blocks.js'
import { goalBlock, goalRow } from './goals.js'
import type { Level } from './levels.js'
import { styles } from './look.js'
import { moneyBar, moneyLines } from './money.js'
import { peopleBlock } from './people.js'

/** A column whose items may stand wider apart when there is room left. */
export interface Column {
  least: number
  filling(room: number): Block
}

function column(above: Block, items: readonly Block[], below: Block, gap: number, widest: number): Column {
  const all = (between: number) => stack([above, stack(items, between), below])
  const least = all(gap).height
  return {
    least,
    filling: (room) => all(gap + Math.min(widest, Math.max(0, room - least) / Math.max(items.length, 1))),
  }
}

/** The goals: in one sentence, in one row of signs, and each by itself. */
export function goalColumn(
  setter: Setter,
  words: Words,
  results: PublicResults,
  span: Span,
  level: Level,
): Column {
  const { scale } = setter
  const above = stack([
    setter.text(words.text('goals.heading'), span, styles.heading, { as: 'H2' }),
    setter.text(words.tally(results), span, styles.sentence),
    space(8 * scale),
    goalRow(setter, results.goals, span),
    space(16 * scale),
  ])
  const items = results.goals.map((goal) => goalBlock(setter, words, goal, span, level))
  return column(above, items, space(0), 9 * scale, 18 * scale)
}

/** Where the money went, what came from elsewhere, and who did the work. */
export function moneyColumn(
  setter: Setter,
  words: Words,
  results: PublicResults,
  span: Span,
  level: Level,
): Column {
  const { scale } = setter
  const amounts = words.amounts(results)
  const above = stack([
    setter.text(words.text('money.heading'), span, styles.heading, { as: 'H2' }),
    setter.text(words.text('infographic.spent', amounts), span, styles.sentence),
    space(6 * scale),
    moneyBar(setter, results, largest(results.budgetCents, results.actualCents, 1n), span, 12),
    space(4 * scale),
    setter.text(words.text('infographic.spentMeaning', amounts), span, styles.small),
    space(12 * scale),
  ])
  const ownMeans = words.text('infographic.ownMeans', { amount: words.euros(results.ownMeansCents) })
  const below = stack([
    space(12 * scale),
    setter.text(ownMeans, span, styles.label),
    setter.text(words.text('infographic.ownMeansMeaning'), span, styles.small),
    space(14 * scale),
    setter.text(words.text('people.heading'), span, styles.heading, { as: 'H2' }),
    space(3 * scale),
    peopleBlock(setter, words, results, span, level.figures),
  ])
  return column(above, moneyLines(setter, words, results, span, level.lines), below, 6 * scale, 8 * scale)
}

const largest = (...amounts: bigint[]) => amounts.reduce((most, cents) => (cents > most ? cents : most))
