import type { RiskOverviewOnDay } from '../risk-overview.service.js'
import { nameOf, totalsOf } from './cover-model.js'
import type { OverviewWords } from './overview-words.js'

/** The questions of the page with their answers in a line each, and where the rest stands. */
export function inShort(words: OverviewWords, overview: RiskOverviewOnDay, forecast: string | null) {
  const line = (key: string, value: string, place: string) => ({
    ...{ label: words.say(`short.${key}`), value, href: `#${place}` },
  })
  return [
    line('covered', covered(words, overview), 'garanten'),
    line('hangsOn', hangsOn(words, overview), 'spreiding'),
    line('comingUp', coming(words, overview), 'op-komst'),
    ...called(words, overview).map((value) => line('called', value, 'aanspraken')),
    line('forecast', forecast ?? words.say('short.noForecast'), 'prognose'),
  ]
}

function covered(words: OverviewWords, { guarantees }: RiskOverviewOnDay): string {
  const { openCents } = guarantees.coverage
  if (openCents === 0n) return words.say('short.full')
  return words.say('short.open', { open: words.amount(openCents) })
}

function hangsOn(words: OverviewWords, overview: RiskOverviewOnDay): string {
  const { largest, totalCents } = overview.concentration
  if (!largest) return words.say('short.nobody')
  const name = nameOf(overview, largest.id)
  return words.say('short.largest', { name, share: words.share(largest.cents, totalCents) })
}

function coming(words: OverviewWords, { announced, holders }: RiskOverviewOnDay): string {
  const waiting = holders.filter(({ offeredCents }) => offeredCents > 0n).length
  const [first] = announced
  if (!first && waiting === 0) return words.say('short.nothingComing')
  const changes = first && words.say('short.changes', { count: announced.length, day: words.day(first.on) })
  const offers = waiting > 0 && words.say('short.offers', { count: waiting })
  return [changes, offers].filter(Boolean).join(' ')
}

function called(words: OverviewWords, { holders }: RiskOverviewOnDay): string[] {
  const { calledCents, callPaidCents } = totalsOf(holders)
  if (calledCents === 0n) return []
  const values = { called: words.amount(calledCents), paid: words.amount(callPaidCents) }
  return [words.say('short.calledAmount', values)]
}

/** On another day than today: what goes by that day, and what does not. */
export function otherDay(words: OverviewWords, { tense, day }: RiskOverviewOnDay): string | null {
  return tense === 'today' ? null : words.say(`short.${tense}Day`, { day: words.day(day) })
}
