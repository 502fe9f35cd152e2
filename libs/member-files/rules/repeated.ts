import type { DetailField } from './columns.js'
import { folded } from './fold.js'
import type { Header } from './header.js'
import { bothSoleTraders, type KnownMember, type MemberIndex } from './match.js'
import type { PlannedRow } from './plan.js'
import { type Finding, findingAt } from './read-rows.js'

/** A planned row with what its member would be known by after the import. */
export interface Claimed {
  planned: PlannedRow
  final: Pick<Record<DetailField, string | null>, 'legalForm' | 'chamberNumber' | 'rsin'> &
    Partial<Record<DetailField, string | null>>
  findings: Finding[]
}

/** Finds rows that are about one member, and new members that stand in the file twice. Adds to the findings. */
export function repeatedRows(claims: readonly Claimed[], header: Header): void {
  const first = new Map<string, number>()
  for (const { planned, final, findings } of claims) {
    const { row, memberId, number } = planned
    const place = memberId ?? (final.name && final.postalCode ? newKey(final.name, final.postalCode) : null)
    if (place === null) continue
    const before = first.get(place)
    if (before === undefined) first.set(place, row)
    else if (memberId)
      findings.push(
        findingAt(row, 'number', header, 'sameMemberTwice', {
          other: String(before),
          number: String(number),
        }),
      )
    else findings.push(findingAt(row, 'name', header, 'sameNewTwice', { other: String(before) }))
  }
}

const newKey = (name: string, postalCode: string) => `${folded(name)} ${postalCode}`

/** Who has an identifier after the import: a row, or a member that no row is about. */
interface Holder {
  row: number | null
  member: KnownMember | null
  legalForm: string | null
}

/** Finds rows that bring an identifier that another member or row has too. Adds to the findings. */
export function sharedIdentifiers(claims: readonly Claimed[], header: Header, index: MemberIndex): void {
  share(claims, header, index, 'chamberNumber', 'sameChamberNumber')
  share(claims, header, index, 'rsin', 'sameRsin')
}

function share(
  claims: readonly Claimed[],
  header: Header,
  index: MemberIndex,
  field: 'chamberNumber' | 'rsin',
  code: 'sameChamberNumber' | 'sameRsin',
): void {
  const mentioned = new Set(claims.flatMap(({ planned: { memberId } }) => memberId ?? []))
  const holders = new Map<string, Holder[]>()
  const add = (value: string | null, holder: Holder) => {
    if (value) holders.set(value, [...(holders.get(value) ?? []), holder])
  }
  for (const member of index.byId.values())
    if (!member.isFormer && !mentioned.has(member.id))
      add(member[field], { row: null, member, legalForm: member.legalForm })
  for (const { planned, final } of claims) {
    const member = planned.memberId ? (index.byId.get(planned.memberId) ?? null) : null
    if (!member?.isFormer) add(final[field], { row: planned.row, member, legalForm: final.legalForm })
  }
  for (const { planned, final, findings } of claims) {
    const value = final[field]
    const brings = planned.changes.some((change) => change.field === field && change.to !== null)
    // Of a row of which it is not clear who it is about, that has to be mended first.
    if (!value || !brings || planned.state === 'wrong') continue
    const other = holders
      .get(value)!
      .find(
        ({ row, member, legalForm }) =>
          row !== planned.row &&
          (member === null || member.id !== planned.memberId) &&
          !(field === 'chamberNumber' && bothSoleTraders(legalForm, final.legalForm)),
      )
    if (other) findings.push(findingAt(planned.row, field, header, code, whoHasIt(other)))
  }
}

function whoHasIt({ row, member }: Holder): Record<string, string> {
  if (member) return { who: 'member', number: String(member.number), name: member.name, other: '' }
  return { who: 'row', other: String(row), number: '', name: '' }
}
