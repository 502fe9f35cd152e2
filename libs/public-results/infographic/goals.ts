import type { Shape } from '#documents'
import type { Goal } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, beside, type Setter, type Span, space, stack } from './blocks.js'
import { accent, edge, ink, pale, paper, styles } from './look.js'
import { hatching, outcomeSymbol } from './symbols.js'

/** How much of each goal is told: lines for why, when it was reached and when it was not. */
export interface GoalDetail {
  whyReached: number
  whyMissed: number
}

/** The signs of all goals in a row: one look says how it went. */
export function goalRow(setter: Setter, goals: readonly Goal[], { x, width }: Span): Block {
  const radius = Math.min(11 * setter.scale, width / goals.length / 2.5)
  const order = ['reached', 'notYet', 'missed', 'withheld', 'later']
  const sorted = goals.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
  return {
    height: 2 * radius,
    draw: (y) =>
      sorted.flatMap(({ outcome }, index) =>
        outcomeSymbol(outcome, x + radius + index * radius * 2.5, y + radius, radius),
      ),
  }
}

/** One goal: its sign, what it is, what it became, a bar, the target, and why. */
export function goalBlock(setter: Setter, words: Words, goal: Goal, span: Span, detail: GoalDetail): Block {
  const radius = 7.5 * setter.scale
  const indent = radius * 2 + 9 * setter.scale
  const inside = { x: span.x + indent, width: span.width - indent }
  const sign: Block = {
    height: radius * 2,
    draw: (y) => outcomeSymbol(goal.outcome, span.x + radius, y + radius, radius),
  }
  return beside([
    sign,
    stack([
      titleLine(setter, words, goal, inside),
      space(3 * setter.scale),
      goalBar(setter, goal, inside),
      space(2 * setter.scale),
      outcomeLine(setter, words, goal, inside),
      setter.text(goal.explanation, inside, styles.text, {
        most: goal.outcome === 'reached' ? detail.whyReached : detail.whyMissed,
      }),
    ]),
  ])
}

function titleLine(setter: Setter, words: Words, goal: Goal, span: Span): Block {
  const value = goal.value ? words.shown(goal.kind, goal.value) : ''
  const short = value.length <= 12
  const room = short ? setter.width(value, styles.value) + 12 * setter.scale : 0
  const label = setter.text(goal.label, { ...span, width: span.width - room }, styles.label, { most: 2 })
  const figure = setter.text(value, span, short ? styles.value : styles.label, {
    align: short ? 'end' : 'start',
    most: 1,
  })
  return short ? beside([label, figure]) : stack([label, figure])
}

function outcomeLine(setter: Setter, words: Words, goal: Goal, span: Span): Block {
  const outcome = words.outcome(goal)
  const width = setter.width(outcome, styles.outcome) + 8 * setter.scale
  const target = words.text('infographic.target', { target: words.target(goal) })
  const room = span.width - width
  if (setter.width(target, styles.note) > room && room < span.width / 2)
    return stack([
      setter.text(outcome, span, styles.outcome, { most: 1 }),
      setter.text(target, span, styles.note, { most: 2 }),
    ])
  return beside([
    setter.text(outcome, span, styles.outcome, { most: 1 }),
    setter.text(target, { x: span.x + width, width: span.width - width }, styles.note, { most: 2 }),
  ])
}

/** How far a goal is: full when reached, hatched while not, pale before it is judged; the upright is the target. */
function goalBar(setter: Setter, goal: Goal, { x, width }: Span): Block {
  const shares = sharesOf(goal)
  if (!shares) return space(0)
  const [height, over] = [6.5 * setter.scale, 2 * setter.scale]
  return {
    height: height + 2 * over,
    draw: (y) => {
      const track = { x, y: y + over, width, height }
      const filled = { ...track, width: Math.max(width * shares.value, 1) }
      const at = Math.min(Math.max(x + width * shares.target - 1, x), x + width - 2)
      const upright = { y, height: height + 2 * over }
      const shapes: Shape[] = [{ kind: 'rect', ...track, fill: paper, stroke: edge, lineWidth: 0.6 }]
      if (goal.outcome === 'reached') shapes.push({ kind: 'rect', ...filled, fill: accent })
      else if (goal.outcome === 'later')
        shapes.push({ kind: 'rect', ...filled, fill: pale, stroke: edge, lineWidth: 0.6 })
      else shapes.push(hatching(filled, ink), { kind: 'rect', ...filled, stroke: ink, lineWidth: 0.8 })
      shapes.push({ kind: 'rect', ...upright, x: at - 1.5, width: 5, fill: paper })
      shapes.push({ kind: 'rect', ...upright, x: at, width: 2, fill: ink })
      return shapes
    },
  }
}

/** Value and target as parts of the bar; null where a bar would say nothing, or would tell what is withheld. */
function sharesOf({ kind, value, target, outcome }: Goal): { value: number; target: number } | null {
  if (kind === 'yesNo' || value?.kind !== 'exact' || outcome === 'withheld') return null
  const [reached, aim] = [partOf(value.value), partOf(target)]
  const whole = kind === 'nOfM' ? 1 : Math.max(reached, aim)
  return whole > 0 ? { value: reached / whole, target: aim / whole } : null
}

/** For the length of a bar only: no figure is made of it. */
function partOf(stored: string): number {
  const [n = '0', m = '1'] = stored.split('/')
  return Number(n) / (Number(m) || 1)
}
