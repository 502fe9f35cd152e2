import { rateText } from '#guarantees'
import type { Cents } from '#kernel'
import type { RiskOverviewOnDay } from '../risk-overview.service.js'
import type { OverviewWords } from './overview-words.js'

type Tone = 'good' | 'warn' | 'bad' | 'neutral'

const money = (label: string) => ({ label, kind: 'money' })

/** What is recorded already and works later, and what waits for an answer. */
export function comingUp(words: OverviewWords, overview: RiskOverviewOnDay) {
  const { announced, holders, notice, tense, day } = overview
  const waiting = holders.filter(({ offeredCents }) => offeredCents > 0n)
  return {
    columns: [
      { label: words.say('comingUp.day'), kind: 'day' },
      { label: words.say('comingUp.member') },
      money(words.say('comingUp.change')),
      money(words.say('comingUp.cover')),
    ],
    rows: announced.map(({ on, name, cents, coverCents }) => [on, name, cents, coverCents]),
    waitingColumns: [{ label: words.say('comingUp.member') }, money(words.say('comingUp.offered'))],
    known: tense === 'past' ? words.say('comingUp.known', { day: words.day(day) }) : null,
    notice: notice && words.say('comingUp.notice', { weeks: notice.value, article: notice.article }),
    waiting: waiting.map(({ name, offeredCents }) => [name, offeredCents]),
  }
}

/** What was called in the year, and what came in of it. */
export function callsModel(words: OverviewWords, { calls, tense, day }: RiskOverviewOnDay) {
  const tone = { proposed: 'neutral', adopted: 'warn', issued: 'warn', settled: 'good' } as Record<
    string,
    Tone
  >
  return {
    empty: words.say(tense === 'past' ? 'calls.noneThen' : 'calls.none', { day: words.day(day) }),
    columns: [
      { label: words.say('calls.reference') },
      { label: words.say('calls.state') },
      money(words.say('calls.amount')),
      money(words.say('calls.paid')),
      money(words.say('calls.open')),
    ],
    rows: calls.map((call) => [
      {
        ...{ value: call.reference, href: `/garanties/aanspraken/${call.id}` },
        note: callNotes(words, call).join('; ') || null,
      },
      { value: words.say(`calls.states.${call.state}`), tone: tone[call.state] },
      ...[call.amountCents, call.paidCents, call.openCents],
    ]),
  }
}

/** What holders of a call did not pay: after the last reminder, and what was written off. */
export function callNotes(
  words: OverviewWords,
  { holders, writtenOffCents }: RiskOverviewOnDay['calls'][number],
): string[] {
  const late = holders.filter(({ state }) => state === 'inDefault' || state === 'pursued')
  const lateCents = late.reduce((sum, { openCents }) => sum + openCents, 0n)
  const note = (key: string, cents: Cents, values?: Record<string, unknown>) =>
    cents > 0n ? [words.say(`calls.${key}`, { amount: words.money(cents), ...values })] : []
  return [...note('inDefault', lateCents, { count: late.length }), ...note('writtenOff', writtenOffCents)]
}

/** The margin of the year: used and left. */
export function marginModel(words: OverviewWords, { margin, uses, day }: RiskOverviewOnDay) {
  const { marginCents, spentCents, unspentCents, rate, subsidy, stage, reserve } = margin
  const segment = (key: string, value: Cents, kind: string) => ({
    ...{ label: words.say(`margin.${key}`), value, text: words.money(value), kind },
  })
  const values = { margin: words.amount(marginCents), spent: words.amount(spentCents) }
  return {
    sentence: words.say('margin.sentence', { ...values, left: words.amount(unspentCents) }),
    total: marginCents,
    segments: [segment('spent', spentCents, 'hatched'), segment('left', unspentCents, 'good')],
    computed: words.say('margin.computed', {
      ...{ rate: rateText(rate.value), subsidy: words.money(subsidy.awardedCents) },
      ...{ margin: words.money(marginCents), article: rate.article },
    }),
    notSetAside: reserve === null ? words.say('margin.notSetAside', { day: words.day(day) }) : null,
    paid: stage === 'paid' ? words.say('margin.paid', { year: String(subsidy.year) }) : null,
    href: `/risicomarge/${subsidy.year}`,
    columns: [
      { label: words.say('margin.day'), kind: 'day' },
      { label: words.say('margin.reason') },
      money(words.say('margin.amount')),
    ],
    rows: uses.map(({ onDay, reason, cents }) => [onDay, reason, cents]),
  }
}
