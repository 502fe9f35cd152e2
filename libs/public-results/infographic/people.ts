import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, type Setter, type Span, space, stack } from './blocks.js'
import { styles } from './look.js'
import { persons } from './symbols.js'

const MOST_FIGURES = 40
const STEPS = [
  1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
]

/** How many people a drawn figure stands for, so that there are at most forty; and how many are drawn. */
export function figuresFor(people: number): { each: number; count: number } {
  const each = STEPS.find((step) => people / step <= MOST_FIGURES) ?? STEPS.at(-1)!
  return { each, count: Math.max(1, Math.min(MOST_FIGURES, Math.round(people / each))) }
}

/** Volunteers and paid work; figures are drawn only of a number that is told. */
export function peopleBlock(
  setter: Setter,
  words: Words,
  results: PublicResults,
  span: Span,
  drawn: boolean,
): Block {
  const { volunteers, fte } = results.people
  const told = volunteers.kind === 'exact' ? Number(volunteers.value) : 0
  const figures = figuresFor(told)
  const exact = told > 0 && drawn
  return stack([
    setter.text(
      words.text('infographic.volunteers', { count: words.volunteers(results) }),
      span,
      styles.label,
    ),
    space(exact ? 4 * setter.scale : 0),
    exact ? figureRows(setter, figures.count, span) : space(0),
    space(exact ? 3 * setter.scale : 0),
    exact
      ? setter.text(words.text('infographic.figureEach', { each: figures.each }), span, styles.small)
      : space(0),
    space(5 * setter.scale),
    setter.text(words.text('infographic.fte', { fte: words.decimal(fte) }), span, styles.label),
    setter.text(words.text('infographic.fteMeaning'), span, styles.small),
  ])
}

function figureRows(setter: Setter, count: number, { x, width }: Span): Block {
  const height = 17 * setter.scale
  const step = height * 0.58
  const rows = Math.ceil(count / Math.max(1, Math.floor(width / step)))
  const inRow = Math.ceil(count / rows)
  const between = height * 1.12
  return {
    height: rows * between,
    draw: (y) =>
      persons(
        Array.from({ length: count }, (_, index) => ({
          x: x + (index % inRow) * step,
          y: y + Math.floor(index / inRow) * between,
        })),
        height,
        { x, y, width, height: rows * between },
      ),
  }
}
