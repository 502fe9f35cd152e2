import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MemberDetails } from '../rules/details.js'
import type { MembershipEvent } from '../rules/membership.js'
import { MemberDetailsRow, MemberEventRow, MemberRow } from './entities.js'
import { DETAILS, type RecordedRow } from './facts.store.js'
import { REGISTER_AS_OF } from './periods.store.js'

/** A statement carries at most 65,535 values. */
const ROWS_IN_A_STATEMENT = 1000

/** The details that hold on a day of these members, or of all (null), as known at an instant, or now (null). */
export async function readDetails(
  tx: Tx,
  day: Day,
  memberIds: readonly string[] | null = null,
  knownAt: Date | null = null,
): Promise<Map<string, MemberDetails>> {
  const rows: (MemberDetails & { memberId: string })[] = await tx.query(
    `SELECT d.member_id AS "memberId", ${DETAILS} FROM member_details d
     WHERE d.id IN (SELECT details_id FROM ${REGISTER_AS_OF}
       AND ($3::uuid[] IS NULL OR member_id = ANY($3::uuid[])))`,
    [day, knownAt ?? 'infinity', memberIds],
  )
  return new Map(rows.map(({ memberId, ...details }) => [memberId, details]))
}

export async function insertMembers(tx: Tx, rows: readonly { id: string; number: number }[]): Promise<void> {
  for (const some of portions(rows)) await tx.getRepository(MemberRow).insert(some)
}

export async function insertAllDetails(tx: Tx, rows: readonly RecordedRow<MemberDetails>[]): Promise<void> {
  const values = rows.map(({ fact: { on, ...details }, ...recording }) => ({
    ...details,
    ...recording,
    holdsFrom: on,
  }))
  for (const some of portions(values)) await tx.getRepository(MemberDetailsRow).insert(some)
}

export async function insertAllEvents(tx: Tx, rows: readonly RecordedRow<MembershipEvent>[]): Promise<void> {
  const values = rows.map(({ fact, ...recording }) => ({
    ...recording,
    onDay: fact.on,
    type: fact.type,
    kind: 'kind' in fact ? fact.kind : null,
  }))
  for (const some of portions(values)) await tx.getRepository(MemberEventRow).insert(some)
}

function portions<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_IN_A_STATEMENT)
  return Array.from({ length: count }, (_, at) =>
    rows.slice(at * ROWS_IN_A_STATEMENT, (at + 1) * ROWS_IN_A_STATEMENT),
  )
}
