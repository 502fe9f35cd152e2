import { Fraction } from '#kernel'
import type { IndicatorKind } from './indicator-value.js'

/** A share as people type it, "5", "7,5%" or "1/20", of at most the whole. Null for anything else. */
export function readShare(typed: string): Fraction | null {
  const text = typed.trim().replace(/\s*%$/, '')
  const percent = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text)
  const parts = /^(0|[1-9]\d{0,11})\s*\/\s*([1-9]\d{0,11})$/.exec(text)
  const share = percent
    ? Fraction.of(BigInt(percent[1]! + (percent[2] ?? '')), 100n * 10n ** BigInt(percent[2]?.length ?? 0))
    : parts && Fraction.of(BigInt(parts[1]!), BigInt(parts[2]!))
  return share && share.num <= share.den ? share : null
}

/** A share as it is typed: "5", "7,5", and "1/3" where no percentage with two decimals says it. */
export function shownShare(share: Fraction): string {
  const hundredths = share.num * 10_000n
  if (hundredths % share.den !== 0n) return share.toString()
  const digits = (hundredths / share.den).toString().padStart(3, '0')
  const decimals = digits.slice(-2).replace(/0+$/, '')
  return decimals ? `${digits.slice(0, -2)},${decimals}` : digits.slice(0, -2)
}

/** A whole number from `least` to `most`. Null for anything else. */
export function readWhole(typed: string, least: number, most: number): number | null {
  const text = typed.trim()
  if (!/^\d{1,6}$/.test(text)) return null
  const number = Number(text)
  return number >= least && number <= most ? number : null
}

const YES_NO: Readonly<Record<string, string>> = { ja: 'yes', yes: 'yes', nee: 'no', no: 'no' }

/**
 * A target as people type it ("1.200", "7,5", "75%", "12 van 20", "ja") in the form in which it is stored. What can't
 * be read stays as it is: `isIndicatorValue` then refuses it.
 */
export function readTarget(kind: IndicatorKind, typed: string): string {
  const text = typed.trim().toLowerCase()
  if (kind === 'yesNo') return Object.hasOwn(YES_NO, text) ? YES_NO[text]! : text
  if (kind === 'count' || kind === 'unique') return plainWhole(text)
  if (kind === 'nOfM') {
    const parts = text.split(/\s*(?:\/|van de|van|of)\s*/)
    return parts.length === 2 ? parts.map(plainWhole).join('/') : text
  }
  const plain = text.replace(/\s*%$/, '').replace(',', '.')
  return /^\d+\.\d+$/.test(plain) ? plain.replace(/\.?0+$/, '') : plain
}

const plainWhole = (text: string) => (/^\d{1,3}(\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text)

/** A stored target as people read and type it. */
export function shownTarget(kind: IndicatorKind, stored: string): string {
  switch (kind) {
    case 'yesNo':
      return stored === 'yes' ? 'ja' : stored === 'no' ? 'nee' : stored
    case 'nOfM':
      return stored.replace('/', ' van ')
    case 'percentage':
    case 'grade':
      return stored.replace('.', ',')
    default:
      return stored
  }
}
