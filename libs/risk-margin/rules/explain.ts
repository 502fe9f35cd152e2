import { type Cents, formatCents } from '#kernel'
import { type CarriedPeriod, type ChangeOfShare, periodsCarried } from './carried.js'

/** How one part was computed, ready to be read: `amount × share / total = quotient`, and what remained. */
export interface Computation {
  amount: string
  share: string
  total: string
  /** The quota rounded down to a cent. */
  quotient: string
  /** What remained of a cent: `0,4`; ends in `…` when it goes on. */
  remainder: string
  rounding: 'exact' | 'up' | 'down'
}

/**
 * Spells out the part of one share by the method of largest remainders.
 * @param partCents what the share was given: the quota rounded down, or one cent more
 */
export function explain(
  amountCents: Cents,
  weight: bigint,
  totalWeight: bigint,
  partCents: Cents,
): Computation {
  const product = amountCents * weight
  const quotient = totalWeight === 0n ? 0n : product / totalWeight
  const remainder = totalWeight === 0n ? 0n : product % totalWeight
  return {
    amount: formatCents(amountCents),
    share: plain(weight),
    total: plain(totalWeight),
    quotient: formatCents(quotient),
    remainder: decimals(remainder, totalWeight),
    rounding: remainder === 0n ? 'exact' : partCents > quotient ? 'up' : 'down',
  }
}

/** What was carried and how long, ready to be read: `6.000 × 181 + 8.000 × 184`. */
export function explainCarried(year: number, changes: readonly ChangeOfShare[]): string {
  const stretches = periodsCarried(year, changes)
  return stretches.map(({ cents, days }: CarriedPeriod) => `${plain(cents)} × ${days}`).join(' + ')
}

/** `600000` cents → `6.000`; cents are shown only where there are any. */
function plain(cents: Cents): string {
  return formatCents(cents)
    .replace(/^€\u00a0/, '')
    .replace(/,00$/, '')
}

const DIGITS = 4

function decimals(remainder: bigint, total: bigint): string {
  if (remainder === 0n) return '0'
  const scaled = remainder * 10n ** BigInt(DIGITS)
  const digits = (scaled / total).toString().padStart(DIGITS, '0')
  return scaled % total === 0n ? `0,${digits.replace(/0+$/, '')}` : `0,${digits}…`
}
