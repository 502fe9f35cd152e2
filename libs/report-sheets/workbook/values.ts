import { readAmount, readFte, readIndicatorValue } from '#accountability'
import { formatCents } from '#kernel'
import { sha256Hex } from '#platform'
import type { FormCell } from '#sheets'
import type { FieldKind } from '../rules/cell-text.js'

/** How much of a hash tells two values of a field apart; a mark is no secret. */
const MARK_DIGITS = 12

/** The one form of a value that is typed in many ways ("€ 1.250,-" is 125000 cents); null when it can't be read. */
function canonical(kind: FieldKind, typed: string): string | null {
  switch (kind) {
    case 'amount': {
      const amount = readAmount(typed)
      return 'cents' in amount ? amount.cents.toString() : null
    }
    case 'whole':
      return readIndicatorValue('count', typed)
    case 'decimal':
      return readFte(typed)
    case 'percentage':
    case 'nOfM':
    case 'yesNo':
      return readIndicatorValue(kind, typed)
    default:
      return null
  }
}

/** A short hash of what a field says, however it was typed: the mark by which changes are seen. */
export function markOf(kind: FieldKind, typed: string): string {
  const value = canonical(kind, typed)
  return sha256Hex(value === null ? `:${plain(typed)}` : `=${value}`).slice(0, MARK_DIGITS)
}

/** The value of a field as a person would write it: "1.250,00", "7,5", "12 van 20", "ja"; as typed when unreadable. */
export function dutchText(kind: FieldKind, typed: string): string {
  const value = canonical(kind, typed)
  if (value === null) return typed
  switch (kind) {
    case 'amount':
      return formatCents(BigInt(value)).replace(/^€\s/, '')
    case 'nOfM':
      return value.replace('/', ' van ')
    case 'yesNo':
      return value === 'yes' ? 'ja' : 'nee'
    default:
      return value.replace('.', ',')
  }
}

/** The value of a field as a cell: numbers as numbers; what can't be read stays the text that was typed. */
export function inputCell(kind: FieldKind, typed: string): FormCell {
  const value = canonical(kind, typed)
  const cell: FormCell = {
    input: true,
    kind: CELL_KINDS[kind],
    ...(kind === 'yesNo' && { list: ['ja', 'nee'] }),
  }
  if (value === null) return { ...cell, value: typed }
  switch (kind) {
    case 'amount':
      return { ...cell, value: BigInt(value) }
    case 'whole':
    case 'decimal':
      return { ...cell, value: Number(value) }
    case 'percentage':
      return { ...cell, value: Number(`${value}e-2`) }
    default:
      return { ...cell, value: dutchText(kind, typed) }
  }
}

const CELL_KINDS: Record<FieldKind, FormCell['kind']> = {
  text: 'text',
  amount: 'money',
  whole: 'whole',
  decimal: 'decimal',
  percentage: 'percentage',
  nOfM: 'text',
  yesNo: 'text',
}

/** A text without what files can't carry: control characters, other line ends, white space around it. */
function plain(typed: string): string {
  return (
    typed
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what goes
      .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .trim()
  )
}
