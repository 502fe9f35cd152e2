import type { Cents, Day } from '#kernel'

/** A line of a statement, or one entered by hand. */
export interface BankLine {
  id: string
  bookedOn: Day
  /** Positive came in, negative went out. When an item is settled: the part of the line that is for this item. */
  cents: Cents
  counterpartyName: string
  counterpartyIban: string
  description: string
  endToEndId: string | null
  returnReason: string | null
  statementReference: string
}

/** Something that waits for money to come in or go out. */
export interface OpenItem {
  id: string
  kind: string
  /** In Dutch, as the page of a line shows it. */
  label: string
  /** What is still expected, signed as the line. */
  cents: Cents
  /** Looked for in the description and the end-to-end id. */
  reference: string | null
  iban: string | null
  href: string
  /** It can't be settled in parts. */
  whole?: true
}
