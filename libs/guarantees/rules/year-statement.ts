import type { Day } from '#kernel'
import {
  balanceOf,
  type CertifiedBalance,
  type CertifiedMovement,
  certifiedMovements,
  isNothing,
  readBalance,
} from './certificate.js'
import { type Movement, positionOf } from './movements.js'

/** What a member's guarantee did in a year: where it began, what happened, where it ended. */
export interface YearStatement {
  format: 'samen-garantieoverzicht'
  version: 1
  member: { id: string; number: number; name: string }
  year: number
  opening: CertifiedBalance
  movements: CertifiedMovement[]
  closing: CertifiedBalance
}

export const lastDayOf = (year: number): Day => `${year}-12-31`

/**
 * The statement of a member's year; null when there was no balance and nothing happened.
 * @param movements of all members, as the register has them
 */
export function statementOf(
  movements: readonly (Movement & { document: string })[],
  member: YearStatement['member'],
  year: number,
): YearStatement | null {
  const end = lastDayOf(year)
  const opening = balanceOf(positionOf(movements, member.id, lastDayOf(year - 1)))
  const closing = balanceOf(positionOf(movements, member.id, end))
  const lines = certifiedMovements(movements, member.id, end).filter(({ onDay }) => onDay >= `${year}-01-01`)
  if (isNothing(opening) && isNothing(closing) && lines.length === 0) return null
  return { format: 'samen-garantieoverzicht', version: 1, member, year, opening, movements: lines, closing }
}

/** Reads a text back that was written as canonical JSON. Null for an erased one. */
export function readStatement(content: string): YearStatement | null {
  if (content === '') return null
  const written = JSON.parse(content) as YearStatement
  return {
    ...written,
    opening: readBalance(written.opening),
    closing: readBalance(written.closing),
    movements: written.movements.map((one) => ({ ...one, cents: BigInt(one.cents) })),
  }
}
