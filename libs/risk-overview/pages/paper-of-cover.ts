import type { Block } from '#documents'
import { dayInDigits } from '#platform'
import type { RiskOverviewOnDay } from '../risk-overview.service.js'
import { concentrationList, coverComputation, coverFigures, totalsOf } from './cover-model.js'
import { otherDay } from './in-short.js'
import { callNotes, callsModel, comingUp, marginModel } from './outlook-model.js'
import type { OverviewWords } from './overview-words.js'

const title = (text: string): Block => ({ kind: 'heading', text })
const line = (text: string, soft = false): Block => ({ kind: 'paragraph', text, soft })
const amount = (label: string) => ({ label, align: 'end' as const })

export function coverBlocks(words: OverviewWords, overview: RiskOverviewOnDay): Block[] {
  const { holders, guarantees } = overview
  const goesBy = otherDay(words, overview)
  const all = totalsOf(holders)
  const columns = ['pledged', 'paidIn', 'called', 'callPaid'].map((key) => amount(words.say(`sheet.${key}`)))
  const amounts = (of: Omit<typeof all, 'offeredCents'>) =>
    [of.pledgedCents, of.paidInCents, of.calledCents, of.callPaidCents].map((cents) => words.money(cents))
  return [
    ...(goesBy ? [line(goesBy)] : []),
    { kind: 'facts', facts: coverFigures(words, overview) },
    ...coverComputation(words, overview).map((text) => line(text, true)),
    title(words.say('holders.heading')),
    {
      kind: 'table',
      columns: [{ label: words.say('sheet.member') }, ...columns, amount(words.say('holders.share'))],
      rows: holders.map((holder) => [
        holder.name,
        ...amounts(holder),
        words.share(holder.pledgedCents, guarantees.coverage.pledgedCents),
      ]),
      totals: [words.say('total'), ...amounts(all), words.share(all.pledgedCents, all.pledgedCents)],
    },
    title(words.say('concentration.heading')),
    { kind: 'facts', facts: concentrationList(words, overview) },
  ]
}

export function announcedBlocks(words: OverviewWords, overview: RiskOverviewOnDay): Block[] {
  const { announced } = overview
  const { known } = comingUp(words, overview)
  const head = [title(words.say('comingUp.heading')), ...(known ? [line(known)] : [])]
  if (announced.length === 0) return [...head, line(words.say('comingUp.none'))]
  return [
    ...head,
    {
      kind: 'table',
      columns: [
        { label: words.say('comingUp.day') },
        { label: words.say('comingUp.member') },
        ...['change', 'cover'].map((key) => amount(words.say(`comingUp.${key}`))),
      ],
      rows: announced.map(({ on, name, cents, coverCents }) => [
        ...[dayInDigits(on), name, words.money(cents), words.money(coverCents)],
      ]),
    },
  ]
}

export function callBlocks(words: OverviewWords, overview: RiskOverviewOnDay): Block[] {
  const { calls } = overview
  const heading = title(words.say('calls.heading'))
  if (calls.length === 0) return [heading, line(callsModel(words, overview).empty)]
  return [
    heading,
    {
      kind: 'table',
      columns: [
        ...['reference', 'state'].map((key) => ({ label: words.say(`calls.${key}`) })),
        ...['amount', 'paid', 'open'].map((key) => amount(words.say(`calls.${key}`))),
      ],
      rows: calls.map(({ reference, state, amountCents, paidCents, openCents }) => [
        ...[reference, words.say(`calls.states.${state}`)],
        ...[amountCents, paidCents, openCents].map((cents) => words.money(cents)),
      ]),
    },
    ...calls.flatMap((call) =>
      callNotes(words, call).map((note) => line(`${call.reference}: ${note}`, true)),
    ),
  ]
}

export function marginBlocks(words: OverviewWords, overview: RiskOverviewOnDay): Block[] {
  const { sentence, computed, paid, notSetAside } = marginModel(words, overview)
  return [
    title(words.say('margin.heading')),
    line(sentence),
    ...(notSetAside ? [line(notSetAside)] : []),
    ...(paid ? [line(paid)] : []),
    line(computed, true),
  ]
}
