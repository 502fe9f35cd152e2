import type { Shape } from '#documents'
import { groupLines } from '../rules/group-lines.js'
import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, beside, type Setter, type Span, space, stack } from './blocks.js'
import { accent, edge, ink, paper, styles } from './look.js'
import { hatching } from './symbols.js'

type Amounts = { budgetCents: bigint; actualCents: bigint }

/** The lines of the budget, the largest first: what was spent, within what may be spent in the year. */
export function moneyLines(
  setter: Setter,
  words: Words,
  { lines }: Pick<PublicResults, 'lines'>,
  span: Span,
  most: number,
): Block[] {
  const grouped = groupLines(lines, most)
  const other = grouped.other && {
    ...grouped.other,
    label: words.text('infographic.other', { count: grouped.other.count }),
  }
  const shown = other ? [...grouped.lines, other] : grouped.lines
  const whole = shown.reduce((max, line) => largest(max, line.budgetCents, line.actualCents), 1n)
  return shown.map((line) => {
    const amount = words.euros(line.actualCents)
    const room = setter.width(amount, styles.lineValue) + 10 * setter.scale
    return stack([
      beside([
        setter.text(line.label, { ...span, width: span.width - room }, styles.lineLabel, { most: 2 }),
        setter.text(amount, span, styles.lineValue, { align: 'end', most: 1 }),
      ]),
      space(2 * setter.scale),
      moneyBar(setter, line, whole, span),
    ])
  })
}

/** The whole year's budget as a frame, what was spent in it; what goes over it is hatched. */
export function moneyBar(
  setter: Setter,
  line: Amounts,
  whole: bigint,
  { x, width }: Span,
  high = 6.5,
): Block {
  const height = high * setter.scale
  const wide = (cents: bigint) => Math.max(0, (width * Number((cents * 10_000n) / whole)) / 10_000)
  return {
    height,
    draw: (y) => {
      const [budget, actual] = [wide(line.budgetCents), wide(line.actualCents)]
      const shapes: Shape[] = []
      if (budget > 0)
        shapes.push({ kind: 'rect', x, y, width: budget, height, fill: paper, stroke: edge, lineWidth: 0.6 })
      if (actual > 0)
        shapes.push({
          kind: 'rect',
          x,
          y,
          width: Math.min(actual, Math.max(budget, 0.1)),
          height,
          fill: accent,
        })
      if (actual > budget) {
        const over = { x: x + budget, y, width: actual - budget, height }
        shapes.push(hatching(over, ink), { kind: 'rect', ...over, stroke: ink, lineWidth: 0.8 })
      }
      return shapes
    },
  }
}

const largest = (...amounts: bigint[]) => amounts.reduce((max, cents) => (cents > max ? cents : max))
