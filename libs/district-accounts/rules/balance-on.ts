import type { Cents, Day } from '#kernel'

/** What moves on the current account of a wijk. */
export interface Movements {
  paid: readonly { on: Day | null; cents: Cents }[]
  spent: readonly { on: Day; cents: Cents }[]
  settled: readonly { on: Day; cents: Cents }[]
}

/** The current account of a wijk at the end of a day. */
export function balanceOn(
  { paid, spent, settled }: Movements,
  day: Day,
): { paidCents: Cents; spentCents: Cents; balanceCents: Cents } {
  const through = (moved: readonly { on: Day | null; cents: Cents }[]) =>
    moved.reduce((sum, { on, cents }) => (on !== null && on <= day ? sum + cents : sum), 0n)
  const [paidCents, spentCents] = [through(paid), through(spent)]
  return { paidCents, spentCents, balanceCents: paidCents - spentCents - through(settled) }
}
