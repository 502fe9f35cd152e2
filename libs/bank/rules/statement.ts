import type { Cents, Day } from '#kernel'

/** One movement on a bank account, as the bank tells it. */
export interface ReadLine {
  bookedOn: Day
  /** Positive came in, negative went out. */
  cents: Cents
  counterpartyName: string
  counterpartyIban: string
  description: string
  endToEndId: string | null
  /** Why the bank gave a payment back: its code, with what it says besides. */
  returnReason: string | null
  /** The bank undoes something that it booked before. */
  reversal: boolean
  bankReference: string
}

/** A statement: what it began with, what happened, and what it ended with. */
export interface ReadStatement {
  reference: string
  iban: string
  fromDay: Day
  throughDay: Day
  openingCents: Cents
  closingCents: Cents
  lines: ReadLine[]
}
