import type { Tx } from '#platform'
import { CityReportOfferRow, CityReportRow, CityReportVersionRow } from './entities.js'

/** A draft as it was saved; `savedAt` is null as long as nothing was. */
export interface CityDraft {
  texts: Record<string, string>
  revision: number
  savedAt: Date | null
  savedByName: string
}

/** A final version. */
export interface CityVersion {
  id: string
  number: number
  content: string
  sha256: string
  finalisedAt: Date
  finalisedByName: string
  copies: number
}

/** An assembly that has a version on its agenda. */
export interface CityOffer {
  version: number
  assemblyId: string
  itemId: string
  offeredAt: Date
}

/** A report with everything of it, the newest version first. */
export interface CityRecord {
  id: string
  draft: CityDraft
  versions: CityVersion[]
  offers: CityOffer[]
}

/** Makes the row of a period if it is not there yet, and locks it until the transaction ends. */
export async function lockPeriod(tx: Tx, newId: string, period: string): Promise<void> {
  await tx.query(
    `INSERT INTO city_reports (id, period) VALUES ($1, $2)
     ON CONFLICT ON CONSTRAINT city_reports_one_per_period DO NOTHING`,
    [newId, period],
  )
  await tx.query('SELECT FROM city_reports WHERE period = $1 FOR UPDATE', [period])
}

/** Null when nobody began it. */
export async function findRecord(tx: Tx, period: string): Promise<CityRecord | null> {
  const row = await tx.getRepository(CityReportRow).findOneBy({ period })
  if (!row) return null
  const versions: CityVersion[] = await tx.query(
    `SELECT v.id, v.number, v.content, v.sha256, v.finalised_at AS "finalisedAt", p.name AS "finalisedByName", v.copies
     FROM city_report_versions v JOIN people p ON p.id = v.finalised_by
     WHERE v.report_id = $1 ORDER BY v.number DESC`,
    [row.id],
  )
  const offers: CityOffer[] = await tx.query(
    `SELECT v.number AS version, o.assembly_id AS "assemblyId", o.item_id AS "itemId", o.offered_at AS "offeredAt"
     FROM city_report_offers o JOIN city_report_versions v ON v.id = o.version_id
     WHERE v.report_id = $1 ORDER BY o.offered_at DESC`,
    [row.id],
  )
  const [saver] = await tx.query('SELECT name FROM people WHERE id = $1', [row.draftSavedBy])
  const { draft: texts, draftRevision: revision, draftSavedAt: savedAt } = row
  return { id: row.id, draft: { texts, revision, savedAt, savedByName: saver?.name ?? '' }, versions, offers }
}

/** The periods with a final version, and its number and hash. */
export async function listFinal(
  tx: Tx,
): Promise<{ period: string; number: number; sha256: string; finalisedAt: Date }[]> {
  return tx.query(
    `SELECT DISTINCT ON (r.period) r.period, v.number, v.sha256, v.finalised_at AS "finalisedAt"
     FROM city_reports r JOIN city_report_versions v ON v.report_id = r.id ORDER BY r.period, v.number DESC`,
  )
}

/** Replaces the draft; the caller holds the lock and has compared the revision. */
export async function writeDraft(
  tx: Tx,
  id: string,
  texts: Readonly<Record<string, string>>,
  by: string,
  at: Date,
): Promise<number> {
  const [rows]: [{ draft_revision: number }[], number] = await tx.query(
    `UPDATE city_reports
     SET draft = $2, draft_revision = draft_revision + 1, draft_saved_by = $3, draft_saved_at = $4
     WHERE id = $1 RETURNING draft_revision`,
    [id, JSON.stringify(texts), by, at],
  )
  return rows[0]!.draft_revision
}

export async function insertVersion(tx: Tx, version: Omit<CityReportVersionRow, 'report'>): Promise<void> {
  await tx.getRepository(CityReportVersionRow).insert(version)
}

export async function insertOffer(tx: Tx, offer: Omit<CityReportOfferRow, 'version'>): Promise<void> {
  await tx.getRepository(CityReportOfferRow).insert(offer)
}
