import { type Cents, type Day, dayInDigits, formatCents, type Violation } from '#kernel'

/** What is needed of a statement to see where it belongs among the others of its account. */
export interface Span {
  reference: string
  fromDay: Day
  throughDay: Day
  openingCents: Cents
  closingCents: Cents
}

/**
 * Whether statements join to those that are there already: none twice, no day twice, and each begins with what the one
 * before it ended with, so that none is missing in between.
 */
export function checkJoining(known: readonly Span[], added: readonly Span[]): Violation[] {
  const all = [...known]
  for (const one of added.toSorted(byDay)) {
    const [violation] = checkNew(all, one)
    if (violation) return [violation]
    all.push(one)
  }
  return checkBalances(all.toSorted(byDay), added)
}

function checkNew(all: readonly Span[], { reference, fromDay, throughDay }: Span): Violation[] {
  if (all.some((other) => other.reference === reference))
    return [{ code: 'bank.statementKnown', params: { reference } }]
  const overlap = all.find((other) => other.fromDay <= throughDay && fromDay <= other.throughDay)
  if (!overlap) return []
  const days = { from: dayInDigits(overlap.fromDay), through: dayInDigits(overlap.throughDay) }
  const params = { reference, other: overlap.reference, ...days }
  return [{ code: 'bank.overlap', params }]
}

/** Only where something was added: a gap that was there is not the fault of this file. */
function checkBalances(all: readonly Span[], added: readonly Span[]): Violation[] {
  for (const [at, one] of all.entries()) {
    const next = all[at + 1]
    if (!next || next.openingCents === one.closingCents) continue
    if (added.includes(next))
      return [gap('bank.gapBefore', next, one.reference, next.openingCents, one.closingCents)]
    if (added.includes(one))
      return [gap('bank.gapAfter', one, next.reference, one.closingCents, next.openingCents)]
  }
  return []
}

function gap(code: string, { reference }: Span, other: string, own: Cents, theirs: Cents): Violation {
  return { code, params: { reference, other, own: formatCents(own), theirs: formatCents(theirs) } }
}

function byDay(a: Span, b: Span): number {
  return a.fromDay < b.fromDay ? -1 : a.fromDay > b.fromDay ? 1 : 0
}
