import type { Cents, Fraction, Violation } from '#kernel'

/** What an organisation has, from accounts of its own. Null: not declared. */
export interface Means {
  /** May be below 0. */
  equityCents: Cents | null
  /** Of one year. */
  incomeCents: Cents | null
}

/** A declaration as a delegate sends it in, for the guarantees of a year. */
export interface DeclaredMeans extends Means {
  year: number
  /** Which year's accounts the figures come from. */
  accountsYear: number
  remark: string
}

/** Older accounts say too little of what an organisation can carry now. */
export const OLDEST_ACCOUNTS = 3
export const LONGEST_REMARK = 500

/** What counts of someone's means: by how much it is asked, and of which amount it never carries more than a share. */
export interface CountedMeans {
  countedCents: Cents
  boundedByCents: Cents
}

/**
 * What counts of someone's means ("naar draagkracht", subsidy application 2018, § 10.2, which leaves open how to
 * measure it). A rule of the house: the equity and the share of the yearly income that the rules set (rounded down;
 * nothing when they set none) count together, and the equity bounds what is asked. Where no equity was declared, the
 * counted income bounds it. Equity below 0 is as 0: then nothing is asked, whatever the income.
 */
export function countedMeans(
  { equityCents, incomeCents }: Means,
  incomeShare: Fraction | null,
): CountedMeans {
  const income = incomeCents !== null && incomeShare ? incomeShare.timesFloor(incomeCents) : 0n
  if (equityCents === null) return { countedCents: income, boundedByCents: income }
  const equity = equityCents > 0n ? equityCents : 0n
  return { countedCents: equity + income, boundedByCents: equity }
}

/**
 * What is wrong with a declaration. Codes: `means.nothingDeclared`, `means.negativeIncome`, `means.accountsYear`
 * (params first, last), `means.remarkTooLong`.
 */
export function checkMeans({
  year,
  equityCents,
  incomeCents,
  accountsYear,
  remark,
}: DeclaredMeans): Violation[] {
  const violations: Violation[] = []
  if (equityCents === null && incomeCents === null)
    violations.push({ code: 'means.nothingDeclared', path: 'vermogen' })
  if (incomeCents !== null && incomeCents < 0n)
    violations.push({ code: 'means.negativeIncome', path: 'inkomsten' })
  const first = year - OLDEST_ACCOUNTS
  if (!Number.isSafeInteger(accountsYear) || accountsYear < first || accountsYear > year) {
    const params = { first: String(first), last: String(year) }
    violations.push({ code: 'means.accountsYear', path: 'boekjaar', params })
  }
  if (remark.length > LONGEST_REMARK) violations.push({ code: 'means.remarkTooLong', path: 'opmerking' })
  return violations
}
