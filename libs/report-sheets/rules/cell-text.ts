import { dayInDigits } from '#kernel'

/** What a field holds, as far as a cell for it goes. */
export type FieldKind = 'text' | 'amount' | 'whole' | 'decimal' | 'percentage' | 'nOfM' | 'yesNo'

/** What stands in a cell, as it was read. */
export interface ReadCell {
  kind: 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'
  /** A plain decimal for a number, 'YYYY-MM-DD' for a day. */
  text: string
  percentage?: true
}

/**
 * What stands in a cell as someone would type it on the web, so that both are judged alike: 1250.5 in a cell for an
 * amount is '1250,50', 0.75 shown as 75% is '75' in a cell for a percentage and '75%' elsewhere. Nothing is rounded.
 * An error of the spreadsheet has no such text: null.
 */
export function typedText({ kind, text, percentage }: ReadCell, field: FieldKind): string | null {
  switch (kind) {
    case 'empty':
      return ''
    case 'error':
      return null
    case 'day':
      return dayInDigits(text)
    case 'boolean':
      return field === 'yesNo' ? (text === 'true' ? 'ja' : 'nee') : text === 'true' ? 'WAAR' : 'ONWAAR'
    case 'number': {
      if (percentage) return `${dutch(hundredfold(text))}${field === 'percentage' ? '' : '%'}`
      return field === 'amount' ? dutch(withCents(text)) : dutch(text)
    }
    default:
      return text
  }
}

/** How many digits a number in a cell has after the comma. */
export function decimalsOf({ kind, text }: ReadCell): number {
  return kind === 'number' ? (text.split('.')[1]?.length ?? 0) : 0
}

function dutch(decimal: string): string {
  return decimal.replace('.', ',')
}

function withCents(decimal: string): string {
  const [whole = '', decimals = ''] = decimal.split('.')
  return decimals === '' ? decimal : `${whole}.${decimals.padEnd(2, '0')}`
}

/** A plain decimal times a hundred, exactly: '0.075' → '7.5'. */
export function hundredfold(decimal: string): string {
  const negative = decimal.startsWith('-')
  const [whole = '', decimals = ''] = decimal.replace('-', '').split('.')
  const digits = `${whole}${decimals.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = decimals.slice(2)
  return `${negative ? '-' : ''}${digits}${rest ? `.${rest}` : ''}`
}
