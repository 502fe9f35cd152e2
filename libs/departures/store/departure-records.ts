import type { Day } from '#kernel'
import type { Tx } from '#platform'
import { type DepartureState, type StepType, stateOf } from '../rules/departure.js'
import { DepartureRow, DepartureStepRow } from './entities.js'

/** A case with its steps in the order in which they were taken, and how it stands. */
export interface Departure extends DepartureRow {
  steps: DepartureStepRow[]
  state: DepartureState
}

/** Whoever decides about a member's place waits here for the other, until the transaction ends. */
export async function lockMember(tx: Tx, memberId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 3))`, [memberId])
}

/** The cases that match, the latest first, as they stand on a day. */
export async function readDepartures(
  tx: Tx,
  today: Day,
  where: { id?: string; requestKey?: string; memberIds?: readonly string[] } = {},
): Promise<Departure[]> {
  const rows: DepartureRow[] = await tx.query(
    `SELECT id, member_id AS "memberId", type, reference, reason, given_on AS "givenOn", known_on AS "knownOn",
            takes_effect_on AS "takesEffectOn", appeal_until AS "appealUntil", to_kind AS "toKind",
            successor_member_id AS "successorMemberId", member_event_id AS "memberEventId",
            request_key AS "requestKey", requested_by AS "requestedBy", recorded_at AS "recordedAt"
     FROM departures
     WHERE ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR request_key = $2)
       AND ($3::uuid[] IS NULL OR member_id = ANY($3))
     ORDER BY recorded_at DESC, id DESC`,
    [where.id ?? null, where.requestKey ?? null, where.memberIds ?? null],
  )
  const steps = await readSteps(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const own = steps.filter(({ departureId }) => departureId === row.id)
    const taken: StepType[] = own.map(({ type }) => type)
    return { ...row, steps: own, state: stateOf({ ...row, steps: taken }, today) }
  })
}

function readSteps(tx: Tx, departureIds: readonly string[]): Promise<DepartureStepRow[]> {
  return tx.query(
    `SELECT id, departure_id AS "departureId", type, note, decision_number AS "decisionNumber",
            on_day AS "onDay", recorded_by AS "recordedBy", recorded_at AS "recordedAt"
     FROM departure_steps WHERE departure_id = ANY($1) ORDER BY recorded_at, id`,
    [departureIds],
  )
}

/** The next reference of a year, such as LM-2020-3; taken numbers wait for each other. */
export async function nextReference(tx: Tx, year: string): Promise<string> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 4))`, [year])
  const prefix = `LM-${year}-`
  const rows: { used: string }[] = await tx.query(
    `SELECT count(*)::text AS used FROM departures WHERE starts_with(reference, $1)`,
    [prefix],
  )
  return `${prefix}${BigInt(rows[0]!.used) + 1n}`
}

export async function insertDeparture(tx: Tx, row: DepartureRow): Promise<void> {
  await tx.getRepository(DepartureRow).insert(row)
}

export async function insertStep(tx: Tx, row: Omit<DepartureStepRow, 'departure'>): Promise<void> {
  await tx.getRepository(DepartureStepRow).insert(row)
}
