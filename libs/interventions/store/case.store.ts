import { In } from 'typeorm'
import type { Tx } from '#platform'
import { InterventionCaseRow, InterventionEventFileRow, InterventionEventRow } from './entities.js'

/** Who begins a case under an agreement waits here for the other: its number follows the last one. */
export async function nextCaseNumber(tx: Tx, agreementId: string): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('interventions ' || $1, 0))`, [agreementId])
  const [{ last }] = await tx.query(
    'SELECT coalesce(max(number), 0)::int AS last FROM intervention_cases WHERE agreement_id = $1',
    [agreementId],
  )
  return last + 1
}

/** Whoever acts in a case waits here for the other, until the transaction ends. */
export async function lockCase(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('intervention ' || $1, 0))`, [id])
}

export async function findCase(tx: Tx, id: string): Promise<InterventionCaseRow | null> {
  return tx.getRepository(InterventionCaseRow).findOneBy({ id })
}

/** The cases of some agreements, the last begun first. */
export async function readCases(tx: Tx, agreementIds?: readonly string[]): Promise<InterventionCaseRow[]> {
  const where = agreementIds ? { agreementId: In([...agreementIds]) } : {}
  return tx.getRepository(InterventionCaseRow).find({ where, order: { startedAt: 'DESC', id: 'DESC' } })
}

/** The events of some cases, by case, in order. */
export async function readEvents(tx: Tx, caseIds: readonly string[]): Promise<InterventionEventRow[]> {
  return tx
    .getRepository(InterventionEventRow)
    .find({ where: { caseId: In([...caseIds]) }, order: { caseId: 'ASC', number: 'ASC' } })
}

export interface EventFile {
  eventId: string
  fileId: string
}

/** Which files came with which event of a case. */
export async function readEventFiles(tx: Tx, caseId: string): Promise<EventFile[]> {
  return tx.query(
    `SELECT f.event_id AS "eventId", f.file_id AS "fileId" FROM intervention_event_files f
     JOIN intervention_events e ON e.id = f.event_id WHERE e.case_id = $1 ORDER BY e.number, f.file_id`,
    [caseId],
  )
}

export async function insertCase(tx: Tx, row: InterventionCaseRow): Promise<void> {
  await tx.getRepository(InterventionCaseRow).insert(row)
}

export async function insertEvent(
  tx: Tx,
  row: InterventionEventRow,
  fileIds: readonly string[],
): Promise<void> {
  await tx.getRepository(InterventionEventRow).insert(row)
  const files = fileIds.map((fileId) => ({ eventId: row.id, fileId }))
  if (files.length > 0) await tx.getRepository(InterventionEventFileRow).insert(files)
}

/** The case that an assembly was asked about in an event; null when there is none. */
export async function caseOfEvent(tx: Tx, eventId: string): Promise<string | null> {
  return (await tx.getRepository(InterventionEventRow).findOneBy({ id: eventId }))?.caseId ?? null
}
