import type { Cents } from '#kernel'
import { type Holding, roomOf, roomOfAll } from './holding.js'

/** What stands ready against a loss, in the order in which it is used. */
export interface Buffers {
  /** What is left of the year's risk margin. */
  marginCents: Cents
  /** The egalisatiereserve as it stands in the books. */
  reserveCents: Cents
}

/** What somebody wants to know: this much lost, while these holders cannot pay. */
export interface Question {
  lossCents: Cents
  without: readonly string[]
}

/** What one holder pays; `fromDepositCents` of it lies with the cooperative already. */
export interface HolderPart {
  id: string
  cents: Cents
  fromDepositCents: Cents
  toPayCents: Cents
  fallsAway: boolean
}

export interface Outcome {
  fromMarginCents: Cents
  marginLeftCents: Cents
  fromReserveCents: Cents
  fromHoldersCents: Cents
  /** What nobody covers: more was lost than margin, reserve and open pledges together. */
  uncoveredCents: Cents
  /** What the remaining holders can be asked for before this loss. */
  coverCents: Cents
  /** In the order of the holdings. */
  parts: HolderPart[]
}

/**
 * Divides a call over open pledges: `divideCall` of the guarantees. Given by the caller, since the rules of a library
 * know no other library; the page and the browser pass the same one.
 */
export type DivideCall = (
  amountCents: Cents,
  pledges: readonly { id: string; cents: Cents; calledCents: Cents }[],
) => { parts: { id: string; cents: Cents }[] }

/**
 * Who pays what when this much is lost (subsidy application 2018, 10.2: first the risk margin, then the
 * egalisatiereserve, which the holders guarantee). Holders that fall away pay nothing, and the rest is divided
 * over the others, nobody above its open pledge. A loss below 0 counts as none.
 */
export function whatIf(
  buffers: Buffers,
  holdings: readonly Holding[],
  { lossCents, without }: Question,
  divideCall: DivideCall,
): Outcome {
  const gone = new Set(without)
  const standing = holdings.filter(({ id }) => !gone.has(id))
  const coverCents = roomOfAll(standing)
  const loss = lossCents > 0n ? lossCents : 0n
  const fromMarginCents = least(loss, buffers.marginCents)
  const fromReserveCents = least(loss - fromMarginCents, buffers.reserveCents)
  const rest = loss - fromMarginCents - fromReserveCents
  const fromHoldersCents = least(rest, coverCents)
  const asked = new Map(
    divideCall(fromHoldersCents, standing.map(callable)).parts.map(({ id, cents }) => [id, cents]),
  )
  return {
    fromMarginCents,
    marginLeftCents: buffers.marginCents - fromMarginCents,
    fromReserveCents,
    fromHoldersCents,
    uncoveredCents: rest - fromHoldersCents,
    coverCents,
    parts: holdings.map((holding) => partOf(holding, asked.get(holding.id) ?? 0n, gone.has(holding.id))),
  }
}

function callable(holding: Holding) {
  const { id, pledgedCents, calledCents } = holding
  return { id, cents: pledgedCents, calledCents: pledgedCents - roomOf({ pledgedCents, calledCents }) }
}

function partOf({ id, paidInCents }: Holding, cents: Cents, fallsAway: boolean): HolderPart {
  const fromDepositCents = least(cents, paidInCents)
  return { id, cents, fromDepositCents, toPayCents: cents - fromDepositCents, fallsAway }
}

function least(a: Cents, b: Cents): Cents {
  if (b < 0n) return 0n
  return a < b ? a : b
}

/** How it ends, in one word: for the sentence above the figures. */
export type Verdict = 'nothing' | 'margin' | 'reserve' | 'holders' | 'uncovered'

export function verdictOf(outcome: Outcome): Verdict {
  if (outcome.uncoveredCents > 0n) return 'uncovered'
  if (outcome.fromHoldersCents > 0n) return 'holders'
  if (outcome.fromReserveCents > 0n) return 'reserve'
  return outcome.fromMarginCents > 0n ? 'margin' : 'nothing'
}

/** What the parts of all holders add up to. */
export function sumOfParts(
  parts: readonly HolderPart[],
): Pick<HolderPart, 'cents' | 'fromDepositCents' | 'toPayCents'> {
  const sum = (of: (part: HolderPart) => Cents) => parts.reduce((total, part) => total + of(part), 0n)
  return {
    cents: sum(({ cents }) => cents),
    fromDepositCents: sum(({ fromDepositCents }) => fromDepositCents),
    toPayCents: sum(({ toPayCents }) => toPayCents),
  }
}
