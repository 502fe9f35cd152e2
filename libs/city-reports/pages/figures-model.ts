import type { AreaJson, CityFigures, IndicatorJson } from '../rules/city-figures.js'
import type { Words } from '../words.js'

/** The roll-up as the partial `city-figures` shows it. */
export function figuresModel(words: Words, figures: CityFigures, quarter: string) {
  const { areas, counts, missingBudgetCents } = figures
  return {
    missing: words.names(areas, 'missing'),
    missingBudget: words.money(missingBudgetCents),
    waiting: words.names(areas, 'submitted', 'returned'),
    nothing: counts.missing === counts.expected,
    key: keyFigures(words, figures),
    bars: bars(words, areas),
    lines: lineTable(words, figures),
    areas: areaTable(words, figures, quarter),
    indicators: indicatorTable(words, figures),
    byArea: byAreaTable(words, figures),
    hasUnique: figures.indicators.some(({ kind }) => kind === 'unique'),
    hasMean: figures.indicators.some(({ kind }) => kind === 'percentage' || kind === 'grade'),
    means: meansTable(words, figures),
    people: words.say('people', {
      fte: words.decimal('plain', figures.people.fte),
      volunteers: words.number(figures.people.volunteers),
    }),
    stories: stories(words, areas),
  }
}

const money = (label: string) => ({ label, kind: 'money' })

function keyFigures(words: Words, { total, quarterCents, quarterUnknown }: CityFigures) {
  return [
    { value: words.money(total.actualCents), label: words.say('key.actual') },
    { value: words.money(total.budgetCents), label: words.say('key.budget') },
    { value: words.money(total.forecastCents), label: words.say('key.forecast') },
    {
      value: words.money(quarterCents),
      label: words.say('key.quarter', { unknown: String(quarterUnknown) }),
    },
  ]
}

/** How much of its year's budget each wijk spent; a missing report is an empty bar that says so. */
function bars(words: Words, areas: readonly AreaJson[]) {
  const rows = areas.map(({ name, stated }) => {
    if (!stated) return { label: name, value: 0n, text: words.say('standing.missing'), kind: 'open' }
    const [actual, budget] = [BigInt(stated.actualCents), BigInt(stated.budgetCents)]
    const permille = budget === 0n ? 0n : (actual * 1000n) / budget
    const share = words.decimal('percentage', tenths(permille))
    return {
      label: name,
      value: permille,
      text: words.say('bar', { share, actual: words.money(stated.actualCents) }),
    }
  })
  const longest =
    rows
      .map(({ value }) => value)
      .sort((a, b) => (a < b ? -1 : 1))
      .at(-1) ?? 0n
  const most = longest < 1000n ? 1000n : longest
  return { rows, total: most }
}

function tenths(permille: bigint): string {
  return `${permille / 10n}.${permille % 10n}`
}

function lineTable(words: Words, { lines, total }: CityFigures) {
  return {
    columns: [
      { label: words.say('column.line') },
      money(words.say('column.budget')),
      money(words.say('column.actual')),
      money(words.say('column.forecast')),
    ],
    rows: lines.map((line) => [line.label, line.budgetCents, line.actualCents, line.forecastCents]),
    totals: [words.say('total'), total.budgetCents, total.actualCents, total.forecastCents],
  }
}

function areaTable(words: Words, { areas, total, quarterCents }: CityFigures, quarter: string) {
  const tone = { approved: 'good', submitted: 'neutral', returned: 'warn', missing: 'bad' } as const
  return {
    columns: [
      { label: words.say('column.area') },
      { label: words.say('column.standing') },
      money(words.say('column.budget')),
      money(words.say('column.actual')),
      money(words.say('column.quarter')),
      money(words.say('column.forecast')),
    ],
    rows: areas.map(({ slug, name, counterparty, standing, stated }) => [
      { value: name, href: `/verantwoording/${slug}/${quarter}`, note: counterparty },
      { value: words.standing(standing), tone: tone[standing] },
      stated?.budgetCents,
      stated?.actualCents,
      stated?.quarterCents,
      stated?.forecastCents,
    ]),
    totals: [words.say('total'), '', total.budgetCents, total.actualCents, quarterCents, total.forecastCents],
  }
}

function indicatorTable(words: Words, { indicators }: CityFigures) {
  return {
    columns: [
      { label: words.say('column.indicator') },
      { label: words.say('column.target') },
      { label: words.say('column.value') },
      { label: words.say('column.reached'), kind: 'figure' },
    ],
    rows: indicators.map((one) => [
      { value: one.label, note: unitOf(words, one) },
      words.figure(one.kind, one.target),
      words.figure(one.kind, one.value),
      words.reached(one),
    ]),
  }
}

/** How the figure came about, in a few words under the name. */
function unitOf(words: Words, { kind, unit, better }: IndicatorJson): string {
  const how = words.say(`how.${kind}`)
  return [unit, how, better === 'lower' ? words.say('lower') : ''].filter(Boolean).join('; ')
}

function byAreaTable(words: Words, { indicators, areas }: CityFigures) {
  const reporting = areas.filter(({ stated }) => stated)
  return {
    columns: [
      { label: words.say('column.indicator') },
      ...reporting.map(({ name }) => ({ label: name, kind: 'figure' })),
    ],
    rows: indicators.map(({ label, kind, areas: measures }) => [
      label,
      ...reporting.map(({ slug }) => {
        const measure = measures.find((one) => one.slug === slug)
        if (!measure) return ''
        const target = words.say('targetNote', { target: words.measure(kind, measure.target) })
        return { value: words.measure(kind, measure.value), note: target }
      }),
    ]),
  }
}

function meansTable(words: Words, { areas, means }: CityFigures) {
  const cells = (of: CityFigures['means']) => [
    of.advancesCents,
    of.ownMeansCents,
    of.ownMeansAgreedCents,
    of.socialReturnCents,
  ]
  return {
    columns: [
      { label: words.say('column.area') },
      money(words.say('column.advances')),
      money(words.say('column.ownMeans')),
      money(words.say('column.ownMeansAgreed')),
      money(words.say('column.socialReturn')),
    ],
    rows: areas.map(({ name, stated }) => [name, ...(stated ? cells(stated) : ['', '', '', ''])]),
    totals: [words.say('total'), ...cells(means)],
  }
}

/** Side by side: a row for each wijk, what went well, what did not and why beside each other. */
function stories(words: Words, areas: readonly AreaJson[]) {
  return {
    columns: ['area', 'wentWell', 'wentLess', 'why', 'risks'].map((key) => ({
      label: words.say(`column.${key}`),
    })),
    rows: areas.map(({ name, stated }) =>
      stated
        ? [name, stated.story.wentWell, stated.story.wentLess, stated.story.why, stated.risks]
        : [name, words.say('standing.missing'), '', '', ''],
    ),
  }
}
