import type { Cents } from '#kernel'
import { ADVANCES, BANK, EXECUTION, TO_PAY, TO_RECEIVE } from './accounts.js'
import type { Settlement } from './settlement.js'

/** A line of an entry; debit positive. */
interface Line {
  account: string
  accountingDistrictId?: string | null
  cents: Cents
}

/**
 * Books a settlement: what the wijk bears itself leaves the costs, the rest of the current account becomes what is to be
 * received or paid. Nothing when there is nothing between them.
 */
export function settlementPostings(
  { balanceCents, uncoveredCents }: Pick<Settlement, 'balanceCents' | 'uncoveredCents'>,
  accountingDistrictId: string | null,
): Line[] {
  const lines = [
    { account: EXECUTION, cents: -uncoveredCents },
    { account: balanceCents > 0n ? TO_RECEIVE : TO_PAY, cents: balanceCents },
    { account: ADVANCES, cents: uncoveredCents - balanceCents },
  ]
  return lines.filter(({ cents }) => cents !== 0n).map((line) => ({ ...line, accountingDistrictId }))
}

/** Books that a wijk gave back what it had to. */
export function givenBackPostings(cents: Cents, accountingDistrictId: string | null): Line[] {
  return [
    { account: BANK, cents },
    { account: TO_RECEIVE, accountingDistrictId, cents: -cents },
  ]
}
