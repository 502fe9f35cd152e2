import { type Cents, formatCents } from '#kernel'
import type { GuaranteesOnDay } from '../guarantees.service.js'
import { rateText, shortAmount } from '../rules/plain-amounts.js'

/** Gives the text of a key of this library in the reader's language. */
export type Text = (key: string, values?: Record<string, unknown>) => string

/** One of the visitor's own organisations. */
export interface OwnMember {
  id: string
  name: string
}

/** The four key figures on top. */
export function keyFigures(
  text: Text,
  { year, rate, cap, coverage, holders, roomUnderCapCents }: GuaranteesOnDay,
) {
  const guarantors = holders.filter(({ pledgedCents }) => pledgedCents > 0n).length
  const base = shortAmount(year.guaranteeBaseCents)
  const reached = roomUnderCapCents === 0n ? 'yes' : 'no'
  return [
    {
      value: formatCents(coverage.requiredCents),
      label: text('figures.required', { rate: rateText(rate.value), base }),
    },
    { value: formatCents(coverage.pledgedCents), label: text('figures.pledged', { count: guarantors }) },
    { value: formatCents(coverage.openCents), label: text('figures.open') },
    {
      value: formatCents(coverage.capCents),
      label: text('figures.cap', { rate: rateText(cap.value.fraction), reached }),
    },
  ]
}

/** The bar: what the director's cap binds, what the others carry, what is open. */
export function gauge(text: Text, { coverage, pledgedUnderCapCents }: GuaranteesOnDay) {
  const othersCents = coverage.pledgedCents - pledgedUnderCapCents
  const segment = (key: string, value: Cents, kind: string) => ({
    label: text(key),
    value,
    text: formatCents(value),
    kind,
  })
  return {
    total: coverage.pledgedCents + coverage.openCents,
    limit: coverage.capCents,
    segments: [
      segment('gauge.underCap', pledgedUnderCapCents, 'solid'),
      segment('gauge.others', othersCents, 'good'),
      segment('gauge.open', coverage.openCents, 'open'),
    ],
  }
}

/** How required and cap were computed, with the articles that say so. */
export function computation({ year, rate, cap, coverage, capHolders, ...state }: GuaranteesOnDay) {
  return {
    rate: rateText(rate.value),
    rateArticle: rate.article,
    capRate: rateText(cap.value.fraction),
    capArticle: cap.article,
    baseCents: year.guaranteeBaseCents,
    requiredCents: coverage.requiredCents,
    capCents: coverage.capCents,
    capHolders: capHolders.map(({ name }) => name).join(', '),
    pledgedCents: state.pledgedUnderCapCents,
    roomCents: state.roomUnderCapCents,
    overCents: coverage.violations[0]?.overCents ?? null,
  }
}

/** The table "who stands for what", with its totals. */
export function holderTable({ holders, coverage }: GuaranteesOnDay) {
  return {
    holders: holders
      .filter(({ pledgedCents, paidInCents }) => pledgedCents > 0n || paidInCents > 0n)
      .map((holder) => ({ ...holder, totalCents: coverage.pledgedCents })),
    sums: {
      pledgedCents: coverage.pledgedCents,
      paidInCents: holders.reduce((sum, { paidInCents }) => sum + paidInCents, 0n),
    },
  }
}

/** What was offered and not accepted yet, and how much that is together; null when there is nothing. */
export function offered({ holders }: GuaranteesOnDay) {
  const waiting = holders.filter(({ offeredCents }) => offeredCents > 0n)
  if (waiting.length === 0) return null
  return {
    totalCents: waiting.reduce((sum, { offeredCents }) => sum + offeredCents, 0n),
    rows: waiting.map(({ memberId, name, offeredCents }) => [
      { value: name, href: `/garanties/leden/${memberId}` },
      offeredCents,
    ]),
  }
}

/** What each of the visitor's own organisations stands surety for; also when that is nothing yet. */
export function ownParts({ holders, coverage }: GuaranteesOnDay, members: readonly OwnMember[]) {
  return members.map(({ id, name }) => {
    const holder = holders.find(({ memberId }) => memberId === id)
    return {
      id,
      name,
      offeredCents: holder?.offeredCents ?? 0n,
      pledgedCents: holder?.pledgedCents ?? 0n,
      paidInCents: holder?.paidInCents ?? 0n,
      totalCents: coverage.pledgedCents,
    }
  })
}
