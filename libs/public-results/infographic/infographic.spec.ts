import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { boxOf, type Drawing, Drawings, type Shape, type TextShape } from '#documents'
import { Quarter } from '#kernel'
import { Messages } from '#platform'
import { repetitions } from '../../../test/support/repetitions.js'
import type { Goal, Outcome, PublicResults, SpentLine } from '../rules/results.js'
import type { CountedKind, ShownValue } from '../rules/small-counts.js'
import { Words } from '../words.js'
import { infographic } from './infographic.js'
import { figuresFor } from './people.js'

const drawings = new Drawings({ cooperativeName: 'SAMEN030' })
const messages = new Messages()
const imprint = {
  cooperativeName: 'SAMEN030',
  address: 'https://samen030.example.org/wijken/een-gebied-met-een-lange-naam/2019-Q3',
  code: Array.from({ length: 33 }, (_, y) => Array.from({ length: 33 }, (_, x) => (x * y) % 3 === 0)),
}
const draw = (results: PublicResults, lang: 'nl' | 'en' = 'nl') =>
  infographic(results, new Words(messages, lang), drawings.typesetter, imprint)

const words = [
  'buurt',
  'de',
  'ontmoetingsplek',
  'vrijwilligersvergoedingen',
  'en',
  'Kanaleneiland-Noord',
  'één',
  '€ 5',
  '“wij”',
  'ş',
]
const text = (most: number) =>
  fc.array(fc.constantFrom(...words), { maxLength: most }).map((parts) => parts.join(' '))
const named = (most: number) => text(most).map((said) => `X ${said}`.trim())
const digits = (most: number) => fc.integer({ min: 0, max: most }).map(String)

const kindAndValue = fc.oneof(
  fc.record({
    kind: fc.constantFrom<CountedKind>('count', 'unique'),
    value: digits(99_999_999),
    target: digits(99_999_999),
  }),
  fc.record({ kind: fc.constant<CountedKind>('percentage'), value: digits(100), target: digits(100) }),
  fc.record({
    kind: fc.constant<CountedKind>('grade'),
    value: fc.constant('7.25'),
    target: fc.constant('7.5'),
  }),
  fc.record({
    kind: fc.constant<CountedKind>('nOfM'),
    value: fc.constant('1200/9000'),
    target: fc.constant('12/15'),
  }),
  fc.record({
    kind: fc.constant<CountedKind>('yesNo'),
    value: fc.constant('yes'),
    target: fc.constant('yes'),
  }),
)
const hidden: fc.Arbitrary<ShownValue | null> = fc.constantFrom(
  { kind: 'under' as const, limit: 5, of: null },
  { kind: 'under' as const, limit: 5, of: 20 },
  { kind: 'atLeast' as const, least: 1000, of: 1004 },
  null,
)
const goal: fc.Arbitrary<Goal> = fc
  .record({
    ...{
      label: named(9),
      unit: text(1),
      explanation: text(150),
      of: kindAndValue,
      hidden,
      isHidden: fc.boolean(),
    },
    outcome: fc.constantFrom<Outcome>('reached', 'notYet', 'missed', 'later', 'withheld'),
    better: fc.constantFrom('higher' as const, 'lower' as const),
  })
  .map(({ of, hidden: less, isHidden, ...rest }) => ({
    ...{ id: 'x', explanationWithheld: false, ...rest, kind: of.kind, target: of.target },
    value: isHidden ? less : { kind: 'exact' as const, value: of.value },
  }))
const cents = fc.bigInt({ min: 0n, max: 10n ** 9n })
const line: fc.Arbitrary<SpentLine> = fc.record({
  ...{ label: named(6), budgetCents: cents, actualCents: cents, explanation: fc.constant('') },
})
const someResults = (goals: [number, number], lines: [number, number]): fc.Arbitrary<PublicResults> =>
  fc
    .record({
      area: fc.record({ slug: fc.constant('gebied'), name: named(4) }),
      counterpartyName: named(5),
      quarter: fc.integer({ min: 1, max: 4 }).map((number) => Quarter.parse(`2019-Q${number}`)),
      story: fc.record({ wentWell: text(500), wentLess: text(500), why: text(500) }),
      goals: fc.array(goal, { minLength: goals[0], maxLength: goals[1] }),
      lines: fc.array(line, { minLength: lines[0], maxLength: lines[1] }),
      ownMeansCents: cents,
      people: fc.record({
        fte: fc.constantFrom('0', '1.6', '123.45'),
        volunteers: fc.oneof(
          digits(100_000).map((value): ShownValue => ({ kind: 'exact', value })),
          fc.constant<ShownValue>({ kind: 'under', limit: 5, of: null }),
        ),
      }),
    })
    .map((results) => ({
      ...results,
      tally: { reached: 1, judged: results.goals.length },
      budgetCents: results.lines.reduce((sum, one) => sum + one.budgetCents, 0n),
      actualCents: results.lines.reduce((sum, one) => sum + one.actualCents, 0n),
      ownMeansExplanation: '',
      socialReturnCents: 0n,
    }))

const isText = (shape: Shape): shape is TextShape => shape.kind === 'text'

/** What sticks out of the page, by more than a hair. */
function outside({ width, height, shapes }: Drawing): Shape[] {
  return shapes.filter((shape) => {
    const box = boxOf(shape)
    return (
      box.x < -0.1 || box.y < -0.1 || box.x + box.width > width + 0.1 || box.y + box.height > height + 0.1
    )
  })
}

/** Pairs of texts of which lines lie over each other. */
function overlaps({ shapes }: Drawing): string[] {
  const lines = shapes.filter(isText).flatMap((shape) =>
    shape.lines
      .map((one, index) => ({
        ...boxOf({ ...shape, lines: [one], y: shape.y + index * shape.style.leading }),
        text: one.text,
      }))
      .filter((one) => one.text !== ''),
  )
  return lines.flatMap((a, index) =>
    lines
      .slice(index + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width - 0.1 &&
          b.x < a.x + a.width - 0.1 &&
          a.y < b.y + b.height - 0.1 &&
          b.y < a.y + a.height - 0.1,
      )
      .map((b) => `${a.text} / ${b.text}`),
  )
}

describe('the infographic', () => {
  let runs: { numRuns: number }
  beforeAll(() => {
    runs = { numRuns: repetitions(60, 2000) }
  })

  it.each<[string, [number, number], [number, number]]>([
    ['few', [1, 3], [1, 3]],
    ['usual', [3, 8], [3, 12]],
    ['many', [9, 12], [10, 15]],
    ['the most that fits', [12, 12], [15, 15]],
  ])('stays on the page and lays no text over another: %s', (_, goals, lines) => {
    fc.assert(
      fc.property(
        someResults(goals, lines),
        fc.constantFrom('nl' as const, 'en' as const),
        (results, lang) => {
          const drawing = draw(results, lang)
          expect(outside(drawing)).toEqual([])
          expect(overlaps(drawing)).toEqual([])
        },
      ),
      runs,
    )
  })

  it('says every goal and whether it was reached, also when it is crowded', () => {
    fc.assert(
      fc.property(someResults([12, 12], [15, 15]), (results) => {
        const said = draw(results).shapes.filter(isText)
        const labels = said.filter(({ lines }) => lines[0]?.text.startsWith('X'))
        expect(labels.length).toBeGreaterThanOrEqual(12)
        const outcomes = [
          'Gehaald',
          'Nog niet gehaald',
          'Nog boven de grens',
          'Niet gehaald',
          'Boven de grens',
          'Oordeel volgt later',
          'Niet getoond',
        ]
        const told = said.filter(
          ({ style, lines }) => style.strong && outcomes.includes(lines[0]?.text ?? ''),
        )
        expect(told.length).toBeGreaterThanOrEqual(12)
      }),
      { numRuns: 10 },
    )
  })

  it('tells the same in SVG and PDF, and is well-formed whatever people write', async () => {
    const [results] = fc.sample(someResults([4, 4], [4, 4]), { numRuns: 1, seed: 7 })
    const drawing = draw({ ...results!, area: { slug: 'x', name: '<b>&"Oost"\'</b>' } })
    const svg = drawings.svgInPage(drawing, 'i')
    expect(svg).not.toContain('<b>')
    expect(svg).toContain('&lt;b&gt;&amp;&quot;Oost&quot;')
    for (const part of drawing.shapes.filter(isText))
      expect(svg).toContain(`font-size="${Math.round(part.style.size * 10) / 10}"`)
    expect(drawings.svg(drawing)).not.toContain('<text')
    const pdf = await drawings.pdf(drawing, 'A3', new Date('2020-01-01T00:00:00Z'))
    expect(await drawings.pdf(drawing, 'A3', new Date('2020-01-01T00:00:00Z'))).toEqual(pdf)
  })

  it('draws at most forty people, and what one stands for', () => {
    expect(figuresFor(5)).toEqual({ each: 1, count: 5 })
    expect(figuresFor(83)).toEqual({ each: 5, count: 17 })
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 10 ** 9 }), (people) => {
        const { each, count } = figuresFor(people)
        expect(count).toBeLessThanOrEqual(40)
        expect(Math.abs(each * count - people)).toBeLessThanOrEqual(each / 2)
      }),
    )
  })
})
