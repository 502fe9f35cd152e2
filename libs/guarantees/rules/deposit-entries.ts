import type { Cents } from '#kernel'

/** What the cooperative owes holders for what they paid in. */
const DEPOSITS = 'BSchGar'
const BANK = 'BLimBan'
/** What is to be paid back. */
export const OTHER_DEBTS = 'BSchOvs'

interface Posting {
  account: string
  memberId?: string
  cents: Cents
}

/** The lines for money that came in, or that is to be paid back; positive is a debit. */
export function depositEntry(type: 'paidIn' | 'refunded', memberId: string, cents: Cents): Posting[] {
  if (type === 'paidIn') {
    return [
      { account: BANK, cents },
      { account: DEPOSITS, memberId, cents: -cents },
    ]
  }
  return [
    { account: DEPOSITS, memberId, cents },
    { account: OTHER_DEBTS, memberId, cents: -cents },
  ]
}

/** The lines for a deposit that goes with a guarantee to another member. */
export function transferEntry(from: string, to: string, cents: Cents): Posting[] {
  return [
    { account: DEPOSITS, memberId: from, cents },
    { account: DEPOSITS, memberId: to, cents: -cents },
  ]
}
