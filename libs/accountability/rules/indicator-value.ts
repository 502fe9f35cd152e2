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
