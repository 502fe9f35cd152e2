import type { Day } from '#kernel'
import { type DetailField, detailFields, type Field } from './columns.js'
import type { Header } from './header.js'
import { type KnownMember, type Match, type MemberIndex, matchRow } from './match.js'
import { planNewRow } from './plan-new.js'
import { cleaned, DASH } from './read-cell.js'
import { type Finding, findingAt, type ReadRow, type RowCode } from './read-rows.js'
import { type Claimed, repeatedRows, sharedIdentifiers } from './repeated.js'

/** What the register says of a member on the day of a row. */
export interface OnDay {
  kind: string | null
  isFormer: boolean
  since: Day | null
  /** As a row says them: buurten `1, 5`, null for what is not known. */
  details: Record<DetailField, string | null>
  /** The first later day from which other details stand already. */
  laterFrom: Day | null
}

export interface Change {
  field: DetailField
  from: string | null
  to: string | null
}

/** What an import does with one row. */
export interface PlannedRow {
  row: number
  state: 'new' | 'changed' | 'same' | 'wrong'
  /** The member it is about; null for a new one, and when that is not clear. */
  memberId: string | null
  number: number | null
  name: string
  /** From which day this holds; for a new member the day of admission. */
  on: Day | null
  /** Of a new member. */
  kind: string | null
  changes: Change[]
}

/** What an import does, row by row, and what has to be mended first. */
export interface ImportPlan {
  rows: PlannedRow[]
  findings: Finding[]
}

/** A row and who it is about. */
export interface MatchedRow {
  row: ReadRow
  match: Match
  /** The day on which it is compared and from which it holds; null for a new member. */
  on: Day | null
}

/**
 * Recognises the members and settles the day of each row: its own, else the day of the import, else (for who
 * becomes a member later) the first day of membership.
 */
export function matchRows(rows: readonly ReadRow[], index: MemberIndex, day: Day): MatchedRow[] {
  return rows.map((row) => {
    const match = matchRow(row, index)
    const since = match.is === 'known' ? (match.member.since ?? day) : day
    const on = row.said.from ?? (since > day ? since : day)
    return { row, match, on: match.is === 'known' ? on : null }
  })
}

/** The key under which {@link planRows} asks for a member on a day. */
export const onDayKey = (memberId: string, day: Day): string => `${memberId} ${day}`

/** Works out what an import does. It can be carried out when there are no findings. */
export function planRows(
  matched: readonly MatchedRow[],
  header: Header,
  index: MemberIndex,
  onDays: ReadonlyMap<string, OnDay>,
): ImportPlan {
  const claims: Claimed[] = matched.map(({ row, match, on }) => {
    const context = { row, header, match }
    if (match.is === 'known') return planKnownRow(context, match.member, on!, onDays)
    return planNewRow(context)
  })
  repeatedRows(claims, header)
  sharedIdentifiers(claims, header, index)
  const findings = claims.flatMap(({ findings }) => findings)
  const order = (a: Finding, b: Finding) => a.row - b.row || a.column - b.column
  return {
    rows: claims.map(({ planned, findings }) =>
      findings.length > 0 ? { ...planned, state: 'wrong' } : planned,
    ),
    findings: findings.sort(order),
  }
}

function planKnownRow(
  { row: { row, said, findings }, header }: { row: ReadRow; header: Header },
  member: KnownMember,
  on: Day,
  onDays: ReadonlyMap<string, OnDay>,
): Claimed {
  const about = { number: String(member.number), name: member.name }
  const claim: Claimed = {
    planned: {
      row,
      state: 'same',
      memberId: member.id,
      number: member.number,
      name: member.name,
      on,
      kind: null,
      changes: [],
    },
    final: { legalForm: null, chamberNumber: null, rsin: null },
    findings: [...findings],
  }
  const held = onDays.get(onDayKey(member.id, on))
  const note = (field: Field, code: RowCode, params: Record<string, string> = {}) => {
    claim.findings.push(findingAt(row, field, header, code, { ...about, ...params }))
  }
  if (!held) {
    note('from', 'notYetMember', { day: on })
    return claim
  }
  const { kind, since, isFormer, details, laterFrom } = held
  claim.findings = findings.filter((finding) => !isHeld(finding, details))
  const changes = detailFields.flatMap((field): Change[] => {
    const to = said[field]
    const from = details[field]
    return to === undefined || saysTheSame(to, from) ? [] : [{ field, from, to }]
  })
  const final = { ...details, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) }
  claim.final = final
  claim.planned = {
    ...claim.planned,
    name: details.name ?? member.name,
    changes,
    state: changes.length > 0 ? 'changed' : 'same',
  }
  if (said.kind && kind && said.kind !== kind) note('kind', 'kindDiffers')
  if (said.since && since && said.since !== since) note('since', 'sinceDiffers', { day: since })
  if (changes.length === 0) return claim
  if (isFormer) note(changes[0]!.field, 'formerMember')
  else if (laterFrom) note('from', 'laterDetails', { day: laterFrom })
  if (final.legalForm === 'eenmanszaak' && final.rsin) note('rsin', 'soleTraderRsin')
  return claim
}

/** What the register holds already is no mistake of the file, even if it would not be entered that way now. */
function isHeld({ field, text }: Finding, details: OnDay['details']): boolean {
  const held = details[field as DetailField]
  return text !== undefined && Boolean(held) && cleaned(held!) === text
}

function saysTheSame(said: string | null, held: string | null): boolean {
  const text = held === null ? '' : cleaned(held)
  return said === null ? text === '' || DASH.test(text) : said === text
}
