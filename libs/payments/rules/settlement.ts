import type { Cents } from '#kernel'

/** What is booked when a payment is paid. */
export interface PaidClaim {
  cents: Cents
  debitAccount: string
  memberId: string | null
  accountingDistrictId: string | null
}

interface Line {
  account: string
  memberId?: string | null
  accountingDistrictId?: string | null
  cents: Cents
}

/** The bank, in the chart of accounts. */
export const BANK = 'BLimBan'

/** The money went out: each debt is debited, the bank credited for the whole. */
export function paidPostings(claims: readonly PaidClaim[]): Line[] {
  const debts = claims.map(({ debitAccount, memberId, accountingDistrictId, cents }) => ({
    ...{ account: debitAccount, memberId, accountingDistrictId, cents },
  }))
  const total = claims.reduce((sum, { cents }) => sum + cents, 0n)
  return [...debts, { account: BANK, cents: -total }]
}

/** The money came back: the debt is there again. */
export function returnedPostings(claim: PaidClaim): Line[] {
  return paidPostings([claim]).map((line) => ({ ...line, cents: -line.cents }))
}
