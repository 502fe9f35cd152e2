import type { Tx } from '#platform'
import type { ApplicationState } from '../rules/application-state.js'
import type { EvidenceFile } from '../rules/evidence.js'

/** The evidence that the next version will carry, in the order in which it was added. */
export function readEvidence(tx: Tx, applicationId: string): Promise<EvidenceFile[]> {
  return tx.query(
    `SELECT f.id, a.criterion, f.name, f.kind, f.bytes, f.sha256
     FROM application_files a JOIN files f ON f.id = a.file_id
     WHERE a.application_id = $1 AND a.removed_at IS NULL ORDER BY a.added_at, f.id`,
    [applicationId],
  )
}

/** The ids of all files that were ever added to an application and still have their content. */
export async function readKeptFiles(tx: Tx, applicationId: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT a.file_id AS id FROM application_files a
     WHERE a.application_id = $1 AND NOT EXISTS (SELECT 1 FROM file_erasures e WHERE e.file_id = a.file_id)`,
    [applicationId],
  )
  return rows.map(({ id }) => id)
}

/** An application that may be past its time, with how it ended. */
export interface AgeingRow {
  id: string
  state: ApplicationState
  wasSubmitted: boolean
  savedAt: Date
  endedAt: Date | null
}

/**
 * Applications of which something is left that may be past its time: drafts, and what was refused or withdrawn
 * and still has files. Locked; one that somebody is working on is passed over until the next time.
 */
export function lockAgeing(tx: Tx, savedBefore: Date): Promise<AgeingRow[]> {
  return tx.query(
    `SELECT a.id, a.reference IS NOT NULL AS "wasSubmitted", a.saved_at AS "savedAt",
            coalesce(d.decided_at, w.withdrawn_at) AS "endedAt",
            CASE WHEN d.outcome IS NOT NULL THEN d.outcome WHEN w.application_id IS NOT NULL THEN 'withdrawn'
                 ELSE 'draft' END AS state
     FROM applications a
     LEFT JOIN admission_decisions d ON d.application_id = a.id
     LEFT JOIN application_withdrawals w ON w.application_id = a.id
     WHERE a.saved_at < $1 AND (
       (a.reference IS NULL AND (w.application_id IS NULL OR a.draft <> '{}'))
       OR ((d.outcome = 'refused' OR (d.outcome IS NULL AND w.application_id IS NOT NULL)) AND EXISTS (
         SELECT 1 FROM application_files f WHERE f.application_id = a.id
           AND NOT EXISTS (SELECT 1 FROM file_erasures e WHERE e.file_id = f.file_id))))
     ORDER BY a.saved_at, a.id FOR UPDATE OF a SKIP LOCKED`,
    [savedBefore],
  )
}
