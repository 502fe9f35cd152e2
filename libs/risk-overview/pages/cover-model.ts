import { rateText } from '#guarantees'
import type { Cents } from '#kernel'
import type { NamedHolder, RiskOverviewOnDay } from '../risk-overview.service.js'
import { roomOf } from '../rules/holding.js'
import type { OverviewWords } from './overview-words.js'

const sumOf = (holders: readonly NamedHolder[], of: (holder: NamedHolder) => Cents): Cents =>
  holders.reduce((sum, holder) => sum + of(holder), 0n)

/** What all holders together pledged, paid in, were called for, and paid of that. */
export function totalsOf(holders: readonly NamedHolder[]) {
  return {
    pledgedCents: sumOf(holders, (one) => one.pledgedCents),
    paidInCents: sumOf(holders, (one) => one.paidInCents),
    calledCents: sumOf(holders, (one) => one.calledCents),
    callPaidCents: sumOf(holders, (one) => one.callPaidCents),
    offeredCents: sumOf(holders, (one) => one.offeredCents),
  }
}

/** The bar on top: what the cap binds, what the others carry, what was called, what is open. */
export function coverGauge(words: OverviewWords, { guarantees, holders }: RiskOverviewOnDay) {
  const { coverage, capHolders, pledgedUnderCapCents } = guarantees
  const bound = new Set(capHolders.map(({ memberId }) => memberId))
  const called = sumOf(holders, (one) => one.calledCents)
  const calledUnderCap = sumOf(holders, ({ id, calledCents }) => (bound.has(id) ? calledCents : 0n))
  const others = coverage.pledgedCents - pledgedUnderCapCents - (called - calledUnderCap)
  const segment = (key: string, value: Cents, kind: string) => ({
    ...{ label: words.say(`cover.${key}`), value, text: words.money(value), kind },
  })
  return {
    total: coverage.pledgedCents + coverage.openCents,
    limit: coverage.capCents,
    segments: [
      segment('underCap', pledgedUnderCapCents - calledUnderCap, 'solid'),
      segment('others', others, 'good'),
      ...(called > 0n ? [segment('called', called, 'hatched')] : []),
      segment('open', coverage.openCents, 'open'),
    ],
  }
}

export function coverFigures(words: OverviewWords, { guarantees, holders }: RiskOverviewOnDay) {
  const { rate, coverage, year } = guarantees
  const { paidInCents, calledCents, callPaidCents } = totalsOf(holders)
  const count = holders.filter(({ pledgedCents }) => pledgedCents > 0n).length
  const base = words.amount(year.guaranteeBaseCents)
  const figure = (value: Cents, key: string, values?: Record<string, unknown>) => ({
    ...{ value: words.money(value), label: words.say(`cover.figure.${key}`, values) },
  })
  return [
    figure(coverage.requiredCents, 'required', { rate: rateText(rate.value), base }),
    figure(coverage.pledgedCents, 'pledged', { count }),
    figure(coverage.openCents, 'open'),
    figure(paidInCents, 'paidIn', { share: words.share(paidInCents, coverage.pledgedCents) }),
    ...(calledCents > 0n ? [figure(calledCents, 'called', { paid: words.amount(callPaidCents) })] : []),
  ]
}

/** How required and cap were computed, with their articles. */
export function coverComputation(words: OverviewWords, { guarantees }: RiskOverviewOnDay): string[] {
  const { rate, cap, coverage, capHolders, year } = guarantees
  const [required, limit] = [words.money(coverage.requiredCents), words.money(coverage.capCents)]
  const holders = capHolders.map(({ name }) => name).join(', ')
  return [
    words.say('cover.computed.required', {
      ...{ rate: rateText(rate.value), base: words.money(year.guaranteeBaseCents), required },
      article: rate.article,
    }),
    words.say('cover.computed.cap', {
      ...{ rate: rateText(cap.value.fraction), required, cap: limit, article: cap.article },
    }),
    ...(holders ? [words.say('cover.computed.holders', { holders })] : []),
  ]
}

/** With more holders than this the smaller ones share a row; all of them stand under "what if" and in the files. */
const SHOWN = 10

/** Who stands for what: a row each, with the bar of what is called, paid in and only promised. */
export function holderTable(words: OverviewWords, overview: RiskOverviewOnDay) {
  const { holders, guarantees } = overview
  const totals = totalsOf(holders)
  const shareOf = (cents: Cents) => words.share(cents, totals.pledgedCents)
  const named = holders.length > SHOWN + 2 ? holders.slice(0, SHOWN) : holders
  const rest = holders.slice(named.length)
  const { year } = guarantees.year
  const rows = [
    ...named.map((one) => ({ ...one, href: `/garanties/leden/${one.id}?per=${overview.day}` })),
    ...(rest.length > 0
      ? [
          {
            ...totalsOf(rest),
            name: words.say('holders.rest', { count: rest.length }),
            href: `/garanties?jaar=${year}&per=${overview.day}`,
          },
        ]
      : []),
  ].map((row) => ({ ...row, share: shareOf(row.pledgedCents), bar: barOf(row) }))
  return {
    most: rows.reduce((top, { pledgedCents }) => (pledgedCents > top ? pledgedCents : top), 0n),
    showCalled: totals.calledCents > 0n,
    legend: [
      { kind: 'solid', label: words.say('holders.legend.promised') },
      { kind: 'good', label: words.say('holders.legend.deposit') },
      ...(totals.calledCents > 0n ? [{ kind: 'hatched', label: words.say('holders.legend.called') }] : []),
    ],
    rows,
    totals: { ...totals, share: shareOf(totals.pledgedCents) },
  }
}

function barOf(holder: Pick<NamedHolder, 'pledgedCents' | 'calledCents' | 'paidInCents'>) {
  const room = roomOf(holder)
  const deposit = holder.paidInCents < room ? holder.paidInCents : room
  return [
    { kind: 'hatched', value: holder.pledgedCents - room },
    { kind: 'good', value: deposit },
    { kind: 'solid', value: room - deposit },
  ]
}

/** How much hangs on a few holders, in three lines. */
export function concentrationList(words: OverviewWords, overview: RiskOverviewOnDay) {
  const { largest, topCents, topCount, totalCents } = overview.concentration
  const line = (key: string, value: string, values?: Record<string, unknown>) => ({
    ...{ label: words.say(`concentration.${key}`, values), value },
  })
  const part = (cents: Cents) =>
    words.say('concentration.part', { amount: words.money(cents), share: words.share(cents, totalCents) })
  return [
    ...(largest
      ? [
          line('largest', nameOf(overview, largest.id)),
          line('itsPart', part(largest.cents)),
          line('withoutLargest', words.money(totalCents - largest.cents)),
        ]
      : []),
    ...(topCount > 1 ? [line('top', part(topCents), { count: topCount })] : []),
    line('fallingAway', fallingAway(words, overview)),
  ]
}

function fallingAway(words: OverviewWords, overview: RiskOverviewOnDay): string {
  const { fallingAwayUntilShort: count, largest } = overview.concentration
  if (count === null) return words.say('concentration.never')
  if (count === 0) return words.say('concentration.already')
  if (count === 1) return words.say('concentration.one', { name: nameOf(overview, largest!.id) })
  return words.say('concentration.many', { count })
}

export function nameOf({ holders }: RiskOverviewOnDay, id: string): string {
  return holders.find((holder) => holder.id === id)?.name ?? '?'
}
