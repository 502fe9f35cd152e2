import type { Day } from '#kernel'
import type { Tx } from '#platform'
import { changeFields, type FieldChange } from '../rules/fields.js'
import { type ChangeState, stateOf } from '../rules/state.js'
import { MemberChangeEventRow, MemberChangeFieldRow, MemberChangeRow } from './entities.js'

/** A field of a change; emptied when its persons were erased. */
export interface RecordedField extends FieldChange {
  erased: boolean
}

/** A change with its fields, and what happened to it in the order in which that was recorded. */
export interface MemberChange extends MemberChangeRow {
  changes: RecordedField[]
  events: Omit<MemberChangeEventRow, 'sequence'>[]
  state: ChangeState
}

/** Which changes to read; `open`: those that somebody still has to do something with. */
export interface ChangeSelection {
  id?: string
  requestKey?: string
  memberIds?: readonly string[]
  open?: boolean
  limit?: number
  offset?: number
}

/** The change waits, or the last that happened to it is an objection. */
const OPEN = `coalesce((SELECT e.type FROM member_change_events e
  WHERE e.change_id = c.id AND e.type <> 'confirmed' ORDER BY e.sequence DESC LIMIT 1), 'objected') = 'objected'`
const SELECTED = `($1::uuid IS NULL OR c.id = $1) AND ($2::uuid IS NULL OR c.request_key = $2)
  AND ($3::uuid[] IS NULL OR c.member_id = ANY($3)) AND ($4::boolean IS NULL OR (${OPEN}) = $4)`

const values = ({ id, requestKey, memberIds, open }: ChangeSelection) => [
  id ?? null,
  requestKey ?? null,
  memberIds ?? null,
  open ?? null,
]

/** Whoever proposes or decides about a member's details waits here for the other, until the transaction ends. */
export async function lockMember(tx: Tx, memberId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('member change ' || $1, 0))`, [memberId])
}

/** The changes that match, the latest first. */
export async function readChanges(tx: Tx, selection: ChangeSelection): Promise<MemberChange[]> {
  const rows: MemberChangeRow[] = await tx.query(
    `SELECT c.id, c.member_id AS "memberId", c.reference, c.sensitive, c.holds_from AS "holdsFrom", c.reason,
            c.based_on AS "basedOn", c.request_key AS "requestKey", c.proposed_by AS "proposedBy",
            c.proposed_as AS "proposedAs", c.proposed_at AS "proposedAt", c.erased
     FROM member_changes c WHERE ${SELECTED}
     ORDER BY c.proposed_at DESC, c.id DESC LIMIT $5 OFFSET $6`,
    [...values(selection), selection.limit ?? null, selection.offset ?? 0],
  )
  const ids = rows.map(({ id }) => id)
  const fields = await readFields(tx, ids)
  const events = await readEvents(tx, ids)
  return rows.map((row) => {
    const own = events.filter(({ changeId }) => changeId === row.id)
    return {
      ...row,
      changes: fields.filter(({ changeId }) => changeId === row.id).map(({ changeId: _, ...field }) => field),
      events: own,
      state: stateOf(own.map(({ type }) => type)),
    }
  })
}

export async function countChanges(tx: Tx, selection: ChangeSelection): Promise<number> {
  const rows: { found: number }[] = await tx.query(
    `SELECT count(*)::int AS found FROM member_changes c WHERE ${SELECTED}`,
    values(selection),
  )
  return rows[0]!.found
}

function readFields(tx: Tx, ids: readonly string[]): Promise<(RecordedField & { changeId: string })[]> {
  return tx.query(
    `SELECT change_id AS "changeId", field, old_value AS "from", new_value AS "to", erased
     FROM member_change_fields WHERE change_id = ANY($1)
     ORDER BY array_position($2::text[], field)`,
    [ids, changeFields],
  )
}

function readEvents(tx: Tx, ids: readonly string[]): Promise<Omit<MemberChangeEventRow, 'sequence'>[]> {
  return tx.query(
    `SELECT id, change_id AS "changeId", type, reason, by_person AS "byPerson", by_as AS "byAs",
            details_id AS "detailsId", effective_on AS "effectiveOn", at, erased
     FROM member_change_events WHERE change_id = ANY($1) ORDER BY sequence`,
    [ids],
  )
}

/** The last change of a member's IBAN that was carried out. */
export interface IbanChange {
  changeId: string
  reference: string
  /** From which day the new IBAN holds. */
  holdsFrom: Day
  carriedOutAt: Date
  proposedBy: string
  confirmedBy: string
  /** Somebody said that it is not right, and the service team has not settled that yet. */
  contested: boolean
}

export async function readLastIbanChange(tx: Tx, memberId: string): Promise<IbanChange | null> {
  const rows: { id: string }[] = await tx.query(
    `SELECT c.id FROM member_changes c
     JOIN member_change_fields f ON f.change_id = c.id AND f.field = 'iban'
     JOIN member_change_events e ON e.change_id = c.id AND e.type = 'carriedOut'
     WHERE c.member_id = $1 ORDER BY e.sequence DESC LIMIT 1`,
    [memberId],
  )
  if (!rows[0]) return null
  const [change] = await readChanges(tx, { id: rows[0].id })
  const done = change!.events.find(({ type }) => type === 'carriedOut')!
  return {
    changeId: change!.id,
    reference: change!.reference,
    holdsFrom: done.effectiveOn!,
    carriedOutAt: done.at,
    proposedBy: change!.proposedBy,
    confirmedBy: done.byPerson!,
    contested: change!.state === 'contested',
  }
}

/** The next reference of a year, such as WZ-2020-3; taken numbers wait for each other. */
export async function nextReference(tx: Tx, year: string): Promise<string> {
  const prefix = `WZ-${year}-`
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('member change ' || $1, 0))`, [prefix])
  const rows: { used: string }[] = await tx.query(
    `SELECT count(*)::text AS used FROM member_changes WHERE starts_with(reference, $1)`,
    [prefix],
  )
  return `${prefix}${BigInt(rows[0]!.used) + 1n}`
}

export async function insertChange(
  tx: Tx,
  row: Omit<MemberChangeRow, 'erased'>,
  changes: readonly FieldChange[],
): Promise<void> {
  await tx.getRepository(MemberChangeRow).insert(row)
  await tx.getRepository(MemberChangeFieldRow).insert(
    changes.map(({ field, from, to }) => ({
      changeId: row.id,
      field,
      oldValue: from,
      newValue: to,
    })),
  )
}

export async function insertEvent(
  tx: Tx,
  event: Omit<MemberChangeEventRow, 'sequence' | 'erased' | 'detailsId' | 'effectiveOn'> &
    Partial<Pick<MemberChangeEventRow, 'detailsId' | 'effectiveOn'>>,
): Promise<void> {
  await tx.getRepository(MemberChangeEventRow).insert(event)
}

/** Empties what concerns persons in a member's changes. @returns how many fields were emptied */
export async function eraseMemberChangePersons(tx: Tx, memberId: string): Promise<number> {
  const rows: { emptied: number }[] = await tx.query(`SELECT erase_member_change_persons($1) AS emptied`, [
    memberId,
  ])
  return rows[0]!.emptied
}
