import type { Block } from '#documents'
import { dayInDigits } from '#platform'
import { answer, type RiskOverviewOnDay } from '../risk-overview.service.js'
import { sumOfParts, verdictOf } from '../rules/what-if.js'
import { nameOf } from './cover-model.js'
import { forecastModel, noForecast } from './forecast-model.js'
import type { OverviewQuestion } from './overview-question.js'
import type { OverviewWords } from './overview-words.js'
import { askedOf } from './what-if-model.js'

const title = (text: string): Block => ({ kind: 'heading', text })
const line = (text: string, soft = false): Block => ({ kind: 'paragraph', text, soft })
const amount = (label: string) => ({ label, align: 'end' as const })

export function forecastBlocks(words: OverviewWords, overview: RiskOverviewOnDay): Block[] {
  const model = forecastModel(words, overview)
  const heading = title(words.say('forecast.heading'))
  if (!model || model.nothing) return [heading, line(noForecast(words, overview, model !== null))]
  const { forecast } = overview
  return [
    heading,
    { kind: 'note', text: model.sentence },
    ...model.notes.map((text) => line(text)),
    {
      kind: 'table',
      columns: model.table.columns.map(({ label }, at) => (at > 1 ? amount(label) : { label })),
      rows: [...forecast.reported, ...forecast.missing].map(({ name, latest }) => [
        name,
        latest ? words.quarter(latest.quarter) : words.say('forecast.noReport'),
        latest ? words.money(latest.budgetCents) : '–',
        latest ? words.money(latest.forecastCents) : '–',
        latest ? words.money(latest.budgetCents - latest.forecastCents) : '–',
      ]),
      totals: [
        ...[words.say('total'), ''],
        ...[forecast.budgetCents, forecast.forecastCents, forecast.resultCents].map((cents) =>
          words.money(cents),
        ),
      ],
    },
    ...model.computed.map((text) => line(text, true)),
  ]
}

/** What was asked; an example belongs on the page only. */
export function whatIfBlocks(
  words: OverviewWords,
  overview: RiskOverviewOnDay,
  question: OverviewQuestion,
): Block[] {
  const { isExample, ...asked } = askedOf(overview, question)
  if (isExample) return []
  const outcome = answer(overview, asked)
  const sums = sumOfParts(outcome.parts)
  const amounts = (of: typeof sums) =>
    [of.cents, of.fromDepositCents, of.toPayCents].map((cents) => words.money(cents))
  const gone = overview.holders.filter(({ id }) => asked.without.includes(id))
  const bar = (key: string, cents: bigint) => ({
    label: words.say(`whatIf.bar.${key}`),
    value: words.money(cents),
  })
  return [
    title(words.say('whatIf.heading')),
    line(
      words.say('whatIf.asked', {
        loss: words.money(asked.lossCents),
        count: gone.length,
        names: words.names(gone),
      }),
    ),
    { kind: 'note', text: words.say(`whatIf.verdict.${verdictOf(outcome)}`) },
    {
      kind: 'facts',
      facts: [
        bar('margin', outcome.fromMarginCents),
        bar('reserve', outcome.fromReserveCents),
        bar('holders', outcome.fromHoldersCents),
        bar('uncovered', outcome.uncoveredCents),
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: words.say('sheet.member') },
        ...['pays', 'fromDeposit', 'toPay'].map((key) => amount(words.say(`sheet.${key}`))),
      ],
      rows: outcome.parts
        .filter(({ cents }) => cents > 0n)
        .map((part) => [nameOf(overview, part.id), ...amounts(part)]),
      totals: [words.say('total'), ...amounts(sums)],
    },
  ]
}

export function historyBlocks(words: OverviewWords, { history }: RiskOverviewOnDay): Block[] {
  return [
    title(words.say('history.heading')),
    {
      kind: 'table',
      columns: [{ label: words.say('history.day') }, amount(words.say('history.cover'))],
      rows: history.map(({ day, cents }) => [dayInDigits(day), words.money(cents)]),
    },
  ]
}
