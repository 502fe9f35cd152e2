import type { Goal, PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'

const TONES = {
  reached: 'good',
  notYet: 'neutral',
  missed: 'bad',
  later: 'neutral',
  withheld: 'neutral',
} as const

/** The results in words and tables, for the page and under the infographic. */
export function resultsModel(words: Words, results: PublicResults) {
  const text = (key: string, values?: Record<string, unknown>) => words.text(key, values)
  return {
    tally: words.tally(results),
    spent: text('money.sentence', words.amounts(results)),
    goals: goalTable(words, results),
    story: (['wentWell', 'wentLess', 'why'] as const).map((part) => ({
      heading: text(`story.${part}`),
      paragraphs: results.story[part].split(/\n+/).filter((paragraph) => paragraph.trim() !== ''),
    })),
    bars: results.lines.map((line) => ({
      label: line.label,
      value: line.actualCents,
      text: words.text('money.of', {
        actual: words.euros(line.actualCents),
        budget: words.euros(line.budgetCents),
      }),
    })),
    barsTotal: results.lines.reduce((most, { actualCents }) => (actualCents > most ? actualCents : most), 1n),
    money: moneyTable(words, results),
    brief: withoutLast(moneyTable(words, results)),
    other: [
      {
        label: text('money.ownMeans'),
        value: meansText(words, 'ownMeans', results.ownMeansCents),
        note: results.ownMeansExplanation,
      },
      {
        label: text('money.socialReturn'),
        value: meansText(words, 'socialReturn', results.socialReturnCents),
      },
    ],
    people: [
      {
        label: text('people.volunteers'),
        value: words.volunteers(results),
        note: text('people.volunteersText'),
      },
      {
        label: text('people.fte'),
        value: text('people.fteValue', { fte: words.decimal(results.people.fte) }),
        note: text('people.fteText'),
      },
    ],
    small: text('small'),
  }
}

function meansText(words: Words, what: 'ownMeans' | 'socialReturn', cents: bigint): string {
  return words.text(`money.${what}Text`, { amount: words.euros(cents) })
}

function goalTable(words: Words, { goals }: PublicResults) {
  const label = (key: string) => words.text(`goals.columns.${key}`)
  return {
    columns: [
      { label: label('goal') },
      { label: label('target') },
      { label: label('value') },
      { label: label('outcome') },
      { label: label('why') },
    ],
    rows: goals.map((goal) => [
      goal.label,
      words.target(goal),
      goal.value ? words.shown(goal.kind, goal.value) : words.text('goals.unmeasured'),
      { value: words.outcome(goal), tone: TONES[goal.outcome] },
      whyOf(words, goal),
    ]),
  }
}

function whyOf(words: Words, { outcome, explanation, explanationWithheld }: Goal): string {
  const said = explanationWithheld ? words.text('goals.withheld') : explanation
  if (outcome === 'later') return said || words.text('goals.yearly')
  return outcome === 'withheld' ? `${words.text('goals.few')} ${said}`.trim() : said
}

function moneyTable(words: Words, { lines, budgetCents, actualCents }: PublicResults) {
  const label = (key: string) => words.text(`money.columns.${key}`)
  return {
    columns: [
      { label: label('line') },
      { label: label('budget'), kind: 'money' },
      { label: label('actual'), kind: 'money' },
      { label: label('why') },
    ],
    rows: lines.map((line) => [line.label, line.budgetCents, line.actualCents, line.explanation]),
    totals: [words.text('money.total'), budgetCents, actualCents, ''],
  }
}

/** Without the explanations: the drawing above does not give them either. */
function withoutLast({ columns, rows, totals }: ReturnType<typeof moneyTable>) {
  return {
    columns: columns.slice(0, -1),
    rows: rows.map((row) => row.slice(0, -1)),
    totals: totals.slice(0, -1),
  }
}
