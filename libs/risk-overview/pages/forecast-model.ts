import type { Cents } from '#kernel'
import type { RiskOverviewOnDay } from '../risk-overview.service.js'
import { nameOf } from './cover-model.js'
import type { OverviewWords } from './overview-words.js'

type Tone = 'good' | 'warn' | 'bad' | 'neutral'

const money = (label: string) => ({ label, kind: 'money' })

/** What the reports say of the year, and what that would mean. */
export function forecastModel(words: OverviewWords, overview: RiskOverviewOnDay) {
  const { forecast } = overview
  const { reported, missing, older } = forecast
  if (reported.length === 0 && missing.length === 0) return null
  return {
    nothing: reported.length === 0,
    ...verdict(words, overview),
    notes: [
      ...(missing.length > 0
        ? [
            words.say('forecast.missing', {
              ...{ count: missing.length, names: words.names(missing) },
              budget: words.amount(forecast.missingBudgetCents),
            }),
          ]
        : []),
      ...(older.length > 0 && reported.length > 0
        ? [words.say('forecast.older', { count: older.length, names: words.names(older) })]
        : []),
    ],
    table: areaTable(words, overview),
    computed: computedLines(words, overview),
    holders: meaningTable(words, overview),
  }
}

/** Why there is no forecast, as it was on the day. */
export function noForecast(
  words: OverviewWords,
  { tense, day }: RiskOverviewOnDay,
  agreements: boolean,
): string {
  const key = agreements ? 'none' : 'noAgreements'
  return words.say(`forecast.${tense === 'past' ? `${key}Then` : key}`, { day: words.day(day) })
}

function verdict(
  words: OverviewWords,
  { expected, forecast }: RiskOverviewOnDay,
): { tone: Tone; sentence: string } {
  const left = words.amount(expected.marginLeftCents)
  const loss = words.amount(forecast.lossCents)
  if (forecast.lossCents === 0n) return { tone: 'good', sentence: words.say('forecast.left', { left }) }
  if (expected.uncoveredCents > 0n)
    return {
      tone: 'bad',
      sentence: words.say('forecast.uncovered', { loss, uncovered: words.amount(expected.uncoveredCents) }),
    }
  if (expected.fromHoldersCents > 0n)
    return {
      tone: 'bad',
      sentence: words.say('forecast.called', { loss, called: words.amount(expected.fromHoldersCents) }),
    }
  return { tone: 'warn', sentence: words.say('forecast.absorbed', { loss, left }) }
}

function areaTable(words: OverviewWords, { forecast, guarantees }: RiskOverviewOnDay) {
  const { year } = guarantees.year
  const rows = [...forecast.reported, ...forecast.missing]
    .toSorted((a, b) => a.name.localeCompare(b.name, 'nl'))
    .map(({ slug, name, counterparty, latest }) => {
      const quarter = latest?.quarter ?? `${year}-Q4`
      const area = { value: name, href: `/verantwoording/${slug}/${quarter}`, note: counterparty }
      if (!latest) return [area, { value: words.say('forecast.noReport'), tone: 'bad' }, null, null, null]
      const result = latest.budgetCents - latest.forecastCents
      return [area, words.quarter(latest.quarter), latest.budgetCents, latest.forecastCents, result]
    })
  return {
    columns: [
      { label: words.say('forecast.area') },
      { label: words.say('forecast.report') },
      money(words.say('forecast.budget')),
      money(words.say('forecast.expected')),
      money(words.say('forecast.result')),
    ],
    rows,
    totals: [
      words.say('forecast.total'),
      null,
      forecast.budgetCents,
      forecast.forecastCents,
      forecast.resultCents,
    ],
  }
}

function computedLines(
  words: OverviewWords,
  { forecast, buffers, expected, day }: RiskOverviewOnDay,
): string[] {
  const { budgetCents, forecastCents, resultCents, deficitsCents, lossCents } = forecast
  const line = (key: string, values: Record<string, unknown>) => words.say(`forecast.computed.${key}`, values)
  return [
    line('result', {
      budget: words.money(budgetCents),
      forecast: words.money(forecastCents),
      ...{
        result: words.money(resultCents < 0n ? -resultCents : resultCents),
        short: resultCents < 0n ? 'yes' : 'no',
      },
    }),
    line('order', {
      margin: words.money(buffers.marginCents),
      reserve: words.money(buffers.reserveCents),
      left: words.money(expected.marginLeftCents),
    }),
    ...(deficitsCents > lossCents ? [line('deficits', { deficits: words.money(deficitsCents) })] : []),
    line('divided', { day: words.day(day) }),
  ]
}

/** What each holder would pay, and get back of the margin. */
function meaningTable(words: OverviewWords, overview: RiskOverviewOnDay) {
  const { expected, payback } = overview
  const pays = expected.fromHoldersCents > 0n
  const shown = expected.parts.map((part) => ({
    name: nameOf(overview, part.id),
    cents: part.cents,
    backCents: payback.find(({ id }) => id === part.id)?.cents ?? 0n,
  }))
  const sum = (of: (one: (typeof shown)[number]) => Cents) =>
    shown.reduce((total, one) => total + of(one), 0n)
  return {
    columns: [
      { label: words.say('forecast.member') },
      ...(pays ? [money(words.say('forecast.pays'))] : []),
      money(words.say('forecast.gets')),
    ],
    rows: shown
      .filter(({ cents, backCents }) => cents > 0n || backCents > 0n)
      .map(({ name, cents, backCents }) => [name, ...(pays ? [cents] : []), backCents]),
    totals: [
      words.say('forecast.total'),
      ...(pays ? [sum(({ cents }) => cents)] : []),
      sum(({ backCents }) => backCents),
    ],
  }
}
