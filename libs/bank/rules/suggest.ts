import type { BankLine, OpenItem } from './open-item.js'

type Line = Pick<BankLine, 'cents' | 'counterpartyIban' | 'description' | 'endToEndId'>

/** What a line most likely settles, and by what that was found. */
export interface Suggestion {
  items: OpenItem[]
  by: 'reference' | 'endToEndId' | 'iban'
}

/**
 * What a line most likely settles: by amount and reference, then by amount and end-to-end id, then by amount and IBAN.
 * Several items when their references all stand in the line and they add up to it. Of two that fit equally well none
 * is chosen: a person looks.
 */
export function suggest(line: Line, open: readonly OpenItem[]): Suggestion | null {
  const named = open.filter(({ reference }) => isNamed(reference, line.description))
  if (named.length > 1 && sum(named) === line.cents) return { items: named, by: 'reference' }
  const exact = open.filter(({ cents }) => cents === line.cents)
  const ways: [Suggestion['by'], (item: OpenItem) => boolean][] = [
    ['reference', (item) => named.includes(item)],
    ['endToEndId', ({ reference }) => isNamed(reference, line.endToEndId ?? '')],
    ['iban', ({ iban }) => iban !== null && iban === line.counterpartyIban],
  ]
  for (const [by, fits] of ways) {
    const found = exact.filter(fits)
    if (found.length === 1) return { items: found, by }
    if (found.length > 1) return null
  }
  return null
}

/**
 * The items that a line can settle (money goes the same way), those that it names or that have its IBAN or amount
 * first.
 */
export function candidates(line: Line, open: readonly OpenItem[]): OpenItem[] {
  const points = (item: OpenItem) =>
    (isNamed(item.reference, `${line.description} ${line.endToEndId ?? ''}`) ? 4 : 0) +
    (item.iban !== null && item.iban === line.counterpartyIban ? 2 : 0) +
    (item.cents === line.cents ? 1 : 0)
  return open
    .filter(({ cents }) => cents > 0n === line.cents > 0n)
    .toSorted((a, b) => points(b) - points(a) || (a.label < b.label ? -1 : 1))
}

/** Whether a text holds a reference, also when the bank left out or changed the signs between its parts. */
export function isNamed(reference: string | null, text: string): boolean {
  const parts = reference?.split(/[^A-Za-z0-9]+/).filter(Boolean) ?? []
  if (parts.length === 0) return false
  return new RegExp(`(?<![A-Za-z0-9])${parts.join('[^A-Za-z0-9]{0,3}')}(?![A-Za-z0-9])`, 'i').test(text)
}

function sum(items: readonly OpenItem[]): bigint {
  return items.reduce((total, { cents }) => total + cents, 0n)
}
