import { RuleViolated } from '#kernel'
import { type Tx, violatedConstraint } from '#platform'
import type { HeldDetails, MemberDetails } from '../rules/details.js'
import { instantOf } from '../rules/instant.js'
import type { MembershipEvent } from '../rules/membership.js'
import { type Recorded, standing } from '../rules/standing.js'
import { MemberDetailsRow, MemberEventRow } from './entities.js'

/** Who recorded a row of the register, when, why, and which row it corrects. */
export interface Recording {
  id: string
  memberId: string
  reason: string
  recordedAt: Date
  recordedBy: string | null
  corrects: string | null
  void: boolean
}

/** The columns of `MemberDetails`. */
export const DETAILS = `holds_from AS "on", name, founder, note, legal_form AS "legalForm",
  chamber_number AS "chamberNumber", rsin, street, postal_code AS "postalCode", city, iban, neighbourhoods,
  contact_name AS "contactName", contact_email AS "contactEmail", contact_phone AS "contactPhone"`

export type Fact = MembershipEvent | MemberDetails

/** A row with its fact; in a row that only withdraws (`void`) that is the fact withdrawn. */
export type RecordedRow<F extends Fact> = Recording & { fact: F }

export interface MemberFacts {
  events: RecordedRow<MembershipEvent>[]
  details: RecordedRow<MemberDetails>[]
}

export async function insertEvent(tx: Tx, row: RecordedRow<MembershipEvent>): Promise<void> {
  const { fact, ...recording } = row
  const kind = 'kind' in fact ? fact.kind : null
  await onlyOneCorrection(
    tx.getRepository(MemberEventRow).insert({ ...recording, onDay: fact.on, type: fact.type, kind }),
  )
}

export async function insertDetails(tx: Tx, row: RecordedRow<MemberDetails>): Promise<void> {
  const { fact, ...recording } = row
  const { on, ...details } = fact
  await onlyOneCorrection(
    tx.getRepository(MemberDetailsRow).insert({ ...details, ...recording, holdsFrom: on }),
  )
}

/** The second correction of one row is refused by the database, also when two come at once. */
async function onlyOneCorrection(insert: Promise<unknown>): Promise<void> {
  try {
    await insert
  } catch (error) {
    const isSecond = violatedConstraint(error)?.endsWith('_corrected_once')
    throw isSecond ? RuleViolated.of('member.alreadyCorrected') : error
  }
}

/** Everything that was recorded of these members, each list in order of recording. */
export async function readFacts(tx: Tx, memberIds: readonly string[]): Promise<Map<string, MemberFacts>> {
  const recording = `member_id AS "memberId", id, reason, recorded_at AS "recordedAt",
    recorded_by AS "recordedBy", corrects, void`
  const events: (Recording & EventColumns)[] = await tx.query(
    `SELECT ${recording}, on_day AS "on", type, kind FROM member_events
     WHERE member_id = ANY($1::uuid[]) ORDER BY sequence`,
    [memberIds],
  )
  const details: (Recording & MemberDetails)[] = await tx.query(
    `SELECT ${recording}, ${DETAILS} FROM member_details
     WHERE member_id = ANY($1::uuid[]) ORDER BY sequence`,
    [memberIds],
  )
  const found = new Map<string, MemberFacts>(memberIds.map((id) => [id, { events: [], details: [] }]))
  for (const { on, type, kind, ...row } of events) {
    const fact = (kind ? { on, type, kind } : { on, type }) as MembershipEvent
    found.get(row.memberId)!.events.push({ ...row, fact })
  }
  for (const row of details) found.get(row.memberId)!.details.push(detailsRow(row))
  return found
}

function detailsRow({
  id,
  memberId,
  reason,
  recordedAt,
  recordedBy,
  corrects,
  void: withdraws,
  ...fact
}: Recording & MemberDetails): RecordedRow<MemberDetails> {
  return { id, memberId, reason, recordedAt, recordedBy, corrects, void: withdraws, fact }
}

/** The details that stand, each with its row, in order of recording. */
export function heldDetails(rows: readonly RecordedRow<MemberDetails>[]): HeldDetails[] {
  return standing(historyOf(rows.map((row) => ({ ...row, fact: { ...row.fact, id: row.id } }))))
}

type EventColumns = { on: string; type: MembershipEvent['type']; kind: string | null }

/** Rows that name each other by id as the rules take them: a list whose rows name each other by place. */
export function historyOf<F extends Fact>(rows: readonly RecordedRow<F>[]): Recorded<F>[] {
  const places = new Map(rows.map(({ id }, at) => [id, at]))
  return rows.map((row) => ({
    recordedAt: instantOf(row.recordedAt),
    corrects: row.corrects === null ? null : (places.get(row.corrects) ?? null),
    fact: row.void ? null : row.fact,
  }))
}
