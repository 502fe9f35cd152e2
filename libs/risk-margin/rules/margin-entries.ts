import type { Cents } from '#kernel'
import { accounts } from './accounts.js'

/** One line of an entry: positive is debit. */
export interface MarginPosting {
  account: string
  memberId?: string
  cents: Cents
}

/** Where the money of a use goes: still to be paid to who delivers, or paid by bank already. */
export const paidFrom = ['creditor', 'bank'] as const
export type PaidFrom = (typeof paidFrom)[number]

/** At the year's start the margin is set aside: a cost of the year, a reserve on the balance sheet. */
export function reserveEntry(cents: Cents): MarginPosting[] {
  return [
    { account: accounts.addition, cents },
    { account: accounts.reserve, cents: -cents },
  ]
}

/**
 * A use in four lines: the cost itself, and the same amount released from the reserve to the account that formed it. So
 * reserve + used stays the margin, and the year's costs for the margin stay the margin, whatever is used.
 */
export function useEntry(cents: Cents, from: PaidFrom): MarginPosting[] {
  return [
    { account: accounts.use, cents },
    { account: accounts[from], cents: -cents },
    { account: accounts.reserve, cents },
    { account: accounts.addition, cents: -cents },
  ]
}

/** A payout: out of the reserve, one debt for each part that is more than nothing. */
export function payoutEntry(
  amountCents: Cents,
  parts: readonly { memberId: string; partCents: Cents }[],
  earnedBack: readonly { memberId: string; partCents: Cents }[],
): MarginPosting[] {
  const payable = [...earnedBack, ...parts]
    .filter(({ partCents }) => partCents > 0n)
    .map(({ memberId, partCents }) => ({ account: accounts.payable, memberId, cents: -partCents }))
  return [{ account: accounts.reserve, cents: amountCents }, ...payable]
}
