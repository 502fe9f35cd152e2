import { type Cents, canonicalJson, type Day, type Violation } from '#kernel'
import { type CheckedItem, type CloseItem, closeItems } from './year-close.js'

/** A year's close as it stood when the margin of that year was booked. */
export interface FrozenClosing {
  kind: 'samen.yearClose'
  year: number
  on: Day
  items: FrozenItem[]
}

export interface FrozenItem {
  item: CloseItem
  /** As the question to the ALV names it, were it to be waived. */
  name: string
  met: boolean
  why: string
  /** The number of the decision that waives it; null when it is met. */
  waivedBy: string | null
}

/** A decision that a payout rests on besides the one on the payout itself, and what its motion authorised. */
export interface FurtherDecision {
  authorisation: { kind: string; id: string; item: string | null; decision: string }
  /** Of the decision's own proof. */
  decision: { number: string; adopted: boolean; question: string }
}

/** The checklist as it is kept: canonical JSON. @param words the name of an item and why it is met or not, in Dutch */
export function freezeClosing(
  year: number,
  on: Day,
  items: readonly CheckedItem[],
  words: (item: CheckedItem) => { name: string; why: string },
): string {
  const closing: FrozenClosing = {
    ...{ kind: 'samen.yearClose', year, on },
    items: items.map((one) => ({ item: one.item, ...words(one), met: one.met, waivedBy: one.waivedBy })),
  }
  return canonicalJson(closing)
}

/** Reads what {@link freezeClosing} wrote. */
export function thawClosing(text: string): FrozenClosing {
  return JSON.parse(text)
}

/**
 * Whether nothing was waved through: every item of the checklist met, or waived by a decision of the ALV on exactly that.
 * Codes: `proof.closingDiffers`, `proof.closingOpen`, `proof.waiverMissing`, `proof.waiverDiffers`.
 */
export function checkClosing(
  closing: FrozenClosing,
  year: number,
  further: readonly FurtherDecision[],
): Violation[] {
  const items = closing.items.map(({ item }) => item)
  if (closing.year !== year || items.join() !== closeItems.join()) return wrong('closingDiffers')
  return closing.items.flatMap(({ item, name, met, waivedBy }): Violation[] => {
    if (met) return []
    if (!waivedBy) return wrong('closingOpen')
    const waiver = further.find(({ authorisation }) => authorisation.item === item)
    if (!waiver) return wrong('waiverMissing')
    const asks = waiver.decision.question.includes(name) && waiver.decision.question.includes(String(year))
    return asks && isOf(waiver, 'yearCloseWaiver', waivedBy) ? [] : wrong('waiverDiffers')
  })
}

/**
 * Whether the ALV let pre-investments go first, where they did: `proof.preInvestmentsMissing`,
 * `proof.preInvestmentsDiffer`.
 */
export function checkPreInvestments(
  first: { decision: string; outstanding: readonly { cents: Cents }[] } | null | undefined,
  year: number,
  further: readonly FurtherDecision[],
): Violation[] {
  if (!first) return []
  const found = further.find(({ authorisation }) => authorisation.kind === 'preInvestmentFirst')
  if (!found) return wrong('preInvestmentsMissing')
  const asks = found.decision.question.includes(String(year))
  return asks && isOf(found, 'preInvestmentFirst', first.decision) ? [] : wrong('preInvestmentsDiffer')
}

function isOf({ authorisation, decision }: FurtherDecision, kind: string, number: string): boolean {
  return (
    authorisation.kind === kind &&
    authorisation.decision === number &&
    decision.number === number &&
    decision.adopted
  )
}

/** What is wrong with a proof, in the words of `samen verify distribution`. */
export function wrong(what: string): Violation[] {
  return [{ code: `proof.${what}` }]
}
