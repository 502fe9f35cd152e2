import type { IndicatorKind } from './report-template.js'

/**
 * Reads the value of an indicator as people type it ("1.200", "7,5", "75%", "12 van 20", "ja") into the one form
 * in which it is stored: `"1200"`, `"7.5"`, `"75"`, `"12/20"`, `"yes"`. Percentages run from 0 to 100 and
 * grades from 1 to 10, both with at most two decimals; n is at most m, and m at least 1.
 * @returns null when the text is no value of this kind.
 */
export function readIndicatorValue(kind: IndicatorKind, typed: string): string | null {
  const text = typed.trim().toLowerCase()
  switch (kind) {
    case 'count':
    case 'unique':
      return readWhole(text)
    case 'percentage':
      return readDecimal(text.replace(/\s*%$/, ''), 0, 100)
    case 'grade':
      return readDecimal(text, 1, 10)
    case 'nOfM':
      return readPart(text)
    case 'yesNo':
      return YES_NO[text] ?? null
  }
}

const YES_NO: Record<string, string> = Object.assign(Object.create(null), {
  ja: 'yes',
  yes: 'yes',
  nee: 'no',
  no: 'no',
})

const WHOLE = /^(\d{1,9}|\d{1,3}(\.\d{3}){1,2})$/

function readWhole(text: string): string | null {
  return WHOLE.test(text) ? String(Number(text.replaceAll('.', ''))) : null
}

function readDecimal(text: string, least: number, most: number): string | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text)
  if (!match) return null
  const whole = Number(match[1])
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  const hundredths = whole * 100 + Number(decimals.padEnd(2, '0'))
  if (hundredths < least * 100 || hundredths > most * 100) return null
  return decimals ? `${whole}.${decimals}` : String(whole)
}

function readPart(text: string): string | null {
  const match = /^(\S+)\s*(?:\/|van de|van|of)\s*(\S+)$/.exec(text)
  const [n, m] = match ? [readWhole(match[1]!), readWhole(match[2]!)] : [null, null]
  return n !== null && m !== null && Number(m) > 0 && Number(n) <= Number(m) ? `${n}/${m}` : null
}

/**
 * Compares two stored values of one kind, exactly: negative when the first is less. Of "n of m" the ratios are
 * compared; yes is more than no.
 */
export function compareValues(kind: IndicatorKind, one: string, other: string): number {
  const [a, b] = [asFraction(kind, one), asFraction(kind, other)]
  const difference = a.num * b.den - b.num * a.den
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function asFraction(kind: IndicatorKind, value: string): { num: bigint; den: bigint } {
  if (kind === 'yesNo') return { num: value === 'yes' ? 1n : 0n, den: 1n }
  if (kind === 'nOfM') {
    const [n = '0', m = '1'] = value.split('/')
    return { num: BigInt(n), den: BigInt(m) }
  }
  const [whole = '0', decimals = ''] = value.split('.')
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) }
}
