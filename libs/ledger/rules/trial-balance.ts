import type { Cents } from '#kernel'

/** A line of the trial balance: its balance stands on one of both sides, never on both. */
export interface TrialLine {
  account: string
  debitCents: Cents
  creditCents: Cents
}

export interface TrialBalance {
  /** What there is, what is owed, and the reserves. */
  balance: TrialLine[]
  /** Income and costs since 1 January of the day's year. */
  result: TrialLine[]
  /** Result of earlier years that no decision gave a place yet; null when there is none. */
  earlierResult: Omit<TrialLine, 'account'> | null
  debitCents: Cents
  creditCents: Cents
}

interface Held {
  account: string
  cents: Cents
}

/**
 * The trial balance of a day. An account of the result (W) begins anew each year: what was on it before stands in one
 * line, so that debit and credit stay level.
 * @param now the balances on the day
 * @param before the balances on the last day of the year before
 */
export function trialBalance(now: readonly Held[], before: readonly Held[]): TrialBalance {
  const held = totals(now)
  let earlier = 0n
  for (const [account, cents] of totals(before)) {
    if (!isResult(account)) continue
    earlier += cents
    held.set(account, (held.get(account) ?? 0n) - cents)
  }
  const lines = [...held]
    .filter(([, cents]) => cents !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, cents]) => ({ account, ...sides(cents) }))
  const earlierResult = earlier === 0n ? null : sides(earlier)
  const all = [...lines, ...(earlierResult ? [earlierResult] : [])]
  return {
    balance: lines.filter(({ account }) => !isResult(account)),
    result: lines.filter(({ account }) => isResult(account)),
    earlierResult,
    debitCents: all.reduce((sum, { debitCents }) => sum + debitCents, 0n),
    creditCents: all.reduce((sum, { creditCents }) => sum + creditCents, 0n),
  }
}

export const isResult = (account: string) => account.startsWith('W')

/** An amount on its side: debit when positive, credit when negative. */
export function sides(cents: Cents): { debitCents: Cents; creditCents: Cents } {
  return cents > 0n ? { debitCents: cents, creditCents: 0n } : { debitCents: 0n, creditCents: -cents }
}

function totals(given: readonly Held[]): Map<string, Cents> {
  const sums = new Map<string, Cents>()
  for (const { account, cents } of given) sums.set(account, (sums.get(account) ?? 0n) + cents)
  return sums
}
