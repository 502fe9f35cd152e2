import type { Cents, Day } from '#kernel'
import { type Effect, fold, type HolderPosition, type Movement, type MovementType } from './movements.js'

/** The amounts that a certificate states. */
export interface CertifiedBalance {
  acceptedCents: Cents
  calledCents: Cents
  callPaidCents: Cents
  paidInCents: Cents
}

/** A line of the register as a certificate lists it. */
export interface CertifiedMovement {
  onDay: Day
  type: MovementType
  /** What it did, which can be less than was recorded: a decrease takes only what was not called. */
  cents: Cents
  document: string
}

/** Everything that a certificate says. */
export interface CertificateContent {
  format: 'samen-garantiebewijs'
  version: 1
  cooperative: string
  member: { id: string; number: number; name: string }
  /** The last one that was known on the day; null before the first. */
  subsidyYear: number | null
  day: Day
  balance: CertifiedBalance
  movements: CertifiedMovement[]
  /** The rules of the statutes that hold for it, by their keys. */
  articles: { key: string; article: string }[]
}

/** Whether a certificate still says how it is; `corrected`: the register now says something else of that very day. */
export type CertificateStanding = 'holds' | 'changed' | 'corrected'

/** Offers are no guarantee until the cooperative accepts them, so nothing that is issued lists them. */
const OFFERING: ReadonlySet<MovementType> = new Set(['offered', 'offerWithdrawn', 'offerRefused'])

export function balanceOf(position: HolderPosition): CertifiedBalance {
  const { pledgedCents: acceptedCents, calledCents, callPaidCents, paidInCents } = position
  return { acceptedCents, calledCents, callPaidCents, paidInCents }
}

/** Whether there is anything at all of a guarantee. */
export function isNothing(balance: CertifiedBalance): boolean {
  return Object.values(balance).every((cents) => cents === 0n)
}

export function sameBalance(a: CertifiedBalance, b: CertifiedBalance): boolean {
  return (Object.keys(a) as (keyof CertifiedBalance)[]).every((key) => a[key] === b[key])
}

/** What a member's guarantee went through until a day, with what each movement did. */
export function certifiedMovements(
  movements: readonly (Movement & { document: string })[],
  memberId: string,
  day: Day,
): CertifiedMovement[] {
  const documents = new Map(movements.map(({ id, document }) => [id, document]))
  const counts = ({ movement, cents }: Effect) =>
    movement.memberId === memberId && !OFFERING.has(movement.type) && cents > 0n
  return fold(movements, day)
    .effects.filter(counts)
    .map(({ movement: { id, onDay, type }, cents }) => ({ onDay, type, cents, document: documents.get(id)! }))
}

/**
 * Compares a certificate with the register.
 * @param then the balance of its own day, as it is known now
 */
export function standingOf(
  certified: CertifiedBalance,
  then: CertifiedBalance,
  now: CertifiedBalance,
): CertificateStanding {
  if (!sameBalance(certified, then)) return 'corrected'
  return sameBalance(certified, now) ? 'holds' : 'changed'
}

/** Reads a text back that was written as canonical JSON. Null for an erased one. */
export function readCertificate(content: string): CertificateContent | null {
  if (content === '') return null
  const written = JSON.parse(content) as CertificateContent
  return {
    ...written,
    balance: readBalance(written.balance),
    movements: written.movements.map((one) => ({ ...one, cents: BigInt(one.cents) })),
  }
}

/** JSON carries amounts as digits. */
export function readBalance(written: CertifiedBalance): CertifiedBalance {
  const entries = Object.entries(written).map(([key, digits]) => [key, BigInt(digits)])
  return Object.fromEntries(entries) as CertifiedBalance
}

/** What somebody who was given the certificate finds it by: the first 16 of its hash's 64 digits. */
export const certificateCode = (sha256: string): string => sha256.slice(0, 16)

/** In groups of four, to read aloud and to type over. */
export const groupedCode = (code: string): string => code.match(/.{1,4}/g)?.join(' ') ?? ''

/** A code as someone typed it, whatever the spaces and capitals; null for anything else. */
export function readCertificateCode(typed: string): string | null {
  const digits = typed.replace(/[\s.-]/g, '').toLowerCase()
  return /^[0-9a-f]{16}$/.test(digits) ? digits : null
}
