import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, beside, type Setter, type Span, space, stack } from './blocks.js'
import { ink, line, measure, page, styles } from './look.js'
import { codePath, outcomeSymbol } from './symbols.js'

/** What the drawing says besides the results. */
export interface Imprint {
  cooperativeName: string
  /** Where the whole report stands: `https://…/wijken/oost/2019-Q4`. */
  address: string
  /** The address as a code that a phone reads. */
  code: readonly (readonly boolean[])[]
}

const whole: Span = { x: page.margin, width: measure }
const CODE = 54

/** Who speaks, about where, when, and by whom it was done. */
export function head(setter: Setter, words: Words, results: PublicResults, imprint: Imprint): Block {
  const { area, quarter, counterpartyName } = results
  const by = words.text('infographic.by', { name: counterpartyName })
  return stack([
    beside([
      brand(setter, imprint.cooperativeName),
      setter.text(words.text('infographic.above'), whole, styles.above, { align: 'end', most: 1 }),
    ]),
    space(6),
    rule(ink, 1.5),
    space(10),
    setter.fitted(area.name, whole, styles.title, 'H1'),
    setter.text(`${words.quarter(quarter)} · ${words.period(quarter)} · ${by}`, whole, styles.subtitle, {
      most: 2,
    }),
    space(18),
  ])
}

/** The cooperative's name; figures at its end get the accent colour, as on the site. */
function brand(setter: Setter, name: string): Block {
  const figures = /\d+$/.exec(name)?.[0] ?? ''
  const start = name.slice(0, name.length - figures.length)
  const x = whole.x + setter.width(start, styles.brand)
  const first = setter.text(start, { ...whole, width: measure * 0.6 }, styles.brand, { most: 1 })
  return figures ? beside([first, setter.text(figures, { ...whole, x }, styles.brandAccent)]) : first
}

/** What the signs mean, what the figures are, and where to read on. */
export function footer(setter: Setter, words: Words, results: PublicResults, imprint: Imprint): Block {
  const text: Span = { x: whole.x, width: measure - CODE - 18 }
  const notes = [
    words.text('infographic.cumulative', { period: words.period(results.quarter) }),
    ...(results.lines.some((one) => one.actualCents > one.budgetCents)
      ? [words.text('infographic.over')]
      : []),
    ...(hidesSomething(results) ? [words.text('infographic.small')] : []),
  ]
  return stack([
    rule(line, 0.75),
    space(9),
    beside([
      stack([
        legend(setter, words, results, text),
        space(4),
        setter.text(notes.join(' '), text, styles.small, { most: 3 }),
        setter.text(
          words.text('infographic.readOn', { address: shortAddress(imprint.address) }),
          text,
          styles.small,
          { most: 2 },
        ),
      ]),
      codeBlock(imprint),
    ]),
  ])
}

function codeBlock({ code }: Imprint): Block {
  const x = whole.x + measure - CODE
  return { height: CODE, draw: (y) => [codePath(code, { x, y, width: CODE, height: CODE })] }
}

/** The signs that occur, each with its word. */
function legend(setter: Setter, words: Words, { goals }: PublicResults, { x }: Span): Block {
  const order = ['reached', 'notYet', 'missed', 'later', 'withheld'] as const
  let at = x
  const parts = order
    .filter((outcome) => goals.some((goal) => goal.outcome === outcome))
    .map((outcome): Block => {
      const start = at
      const label = words.text(`outcome.${outcome}`)
      const width = setter.width(label, styles.small)
      at += 12 + width + 12
      const sign: Block = { height: 10.5, draw: (y) => outcomeSymbol(outcome, start + 4, y + 5.25, 4) }
      return beside([sign, setter.text(label, { x: start + 11, width: width + 1 }, styles.small)])
    })
  return beside(parts)
}

function hidesSomething({ goals, people }: PublicResults): boolean {
  return (
    people.volunteers.kind !== 'exact' || goals.some(({ value }) => value !== null && value.kind !== 'exact')
  )
}

function rule(colour: string, height: number): Block {
  return { height, draw: (y) => [{ kind: 'rect', ...whole, y, height, fill: colour }] }
}

const shortAddress = (address: string) => address.replace(/^https?:\/\/(www\.)?/, '')
