import { type Cents, Fraction, formatCents } from '#kernel'

/** `€ 500.000` where there are no cents, else `€ 500.000,50`: for headings and sentences. */
export function shortAmount(cents: Cents): string {
  return formatCents(cents).replace(/,00$/, '')
}

/** `10/100` → `10%`; a fraction that is no whole percentage stays as it stands in the statutes. */
export function rateText(fraction: string): string {
  const { num, den } = Fraction.parse(fraction)
  return (num * 100n) % den === 0n ? `${(num * 100n) / den}%` : fraction
}
