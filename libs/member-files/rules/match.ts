import { folded } from './fold.js'
import type { ReadRow } from './read-rows.js'

/** A member as the register has it last: what a row is recognised by. */
export interface KnownMember {
  id: string
  number: number
  name: string
  isFormer: boolean
  since: string | null
  legalForm: string | null
  chamberNumber: string | null
  rsin: string | null
  postalCode: string | null
}

/** The register by what recognises a member. */
export interface MemberIndex {
  byId: ReadonlyMap<string, KnownMember>
  byNumber: ReadonlyMap<string, KnownMember>
  byChamberNumber: ReadonlyMap<string, readonly KnownMember[]>
  byRsin: ReadonlyMap<string, readonly KnownMember[]>
  byName: ReadonlyMap<string, readonly KnownMember[]>
}

export function indexOf(members: readonly KnownMember[]): MemberIndex {
  return {
    byId: new Map(members.map((member) => [member.id, member])),
    byNumber: new Map(members.map((member) => [String(member.number), member])),
    byChamberNumber: grouped(members, ({ chamberNumber }) => chamberNumber),
    byRsin: grouped(members, ({ rsin }) => rsin),
    byName: grouped(members, ({ name }) => folded(name)),
  }
}

/** Who a row is about. */
export type Match =
  | { is: 'known'; member: KnownMember }
  | { is: 'new' }
  | { is: 'unknownNumber'; number: string }
  | { is: 'ambiguous'; members: readonly KnownMember[] }
  /** A new member that has the name of a known one, with nothing that tells them apart. */
  | { is: 'possiblyKnown'; member: KnownMember }

/**
 * By the number; else by the KvK number, else the RSIN, else the name with the same postal code: so that a file
 * of new members, which have no number, makes none twice.
 */
export function matchRow({ said }: ReadRow, index: MemberIndex): Match {
  if (said.number) {
    const member = index.byNumber.get(said.number)
    return member ? { is: 'known', member } : { is: 'unknownNumber', number: said.number }
  }
  const name = folded(said.name ?? '')
  const isSame = (member: KnownMember) =>
    !(bothSoleTraders(member.legalForm, said.legalForm) && name !== '' && folded(member.name) !== name)
  const byChamberNumber = (index.byChamberNumber.get(said.chamberNumber ?? '') ?? []).filter(isSame)
  const byRsin = index.byRsin.get(said.rsin ?? '') ?? []
  const found = [...new Set([...byChamberNumber, ...byRsin])]
  if (found.length > 1) return { is: 'ambiguous', members: found }
  if (found.length === 1) return { is: 'known', member: found[0]! }
  return matchName(said, name === '' ? [] : (index.byName.get(name) ?? []))
}

function matchName(said: ReadRow['said'], namesakes: readonly KnownMember[]): Match {
  const differs = (a: string | null, b: string | null | undefined) => Boolean(a && b && a !== b)
  const possible = namesakes.filter(
    ({ chamberNumber, rsin, postalCode }) =>
      !differs(chamberNumber, said.chamberNumber) &&
      !differs(rsin, said.rsin) &&
      !differs(postalCode, said.postalCode),
  )
  const there = possible.filter(({ postalCode }) => postalCode && postalCode === said.postalCode)
  if (there.length > 1) return { is: 'ambiguous', members: there }
  if (there.length === 1) return { is: 'known', member: there[0]! }
  return possible[0] ? { is: 'possiblyKnown', member: possible[0] } : { is: 'new' }
}

/** One person has one registration for more enterprises, so sole traders may share a KvK number. */
export function bothSoleTraders(a: string | null | undefined, b: string | null | undefined): boolean {
  return a === 'eenmanszaak' && b === 'eenmanszaak'
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (!key) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
