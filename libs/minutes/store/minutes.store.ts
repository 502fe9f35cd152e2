import type { Tx } from '#platform'
import type { MinutesContent } from '../rules/minutes.js'
import {
  MinutesApprovalRow,
  MinutesOfferRow,
  MinutesPaperRow,
  MinutesRow,
  MinutesSignatureRow,
  MinutesVersionRow,
} from './entities.js'

/** Whoever changes the minutes waits here for the other, until the transaction ends; the database's own checks too. */
export async function lockMinutes(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('minutes ' || $1::uuid::text, 0))`, [id])
}

export async function findMinutes(
  tx: Tx,
  of: { id: string } | { assemblyId: string },
): Promise<MinutesRow | null> {
  return tx.getRepository(MinutesRow).findOneBy(of)
}

/** @returns whether these are new: an assembly has its minutes once */
export async function insertMinutes(tx: Tx, minutes: MinutesRow): Promise<boolean> {
  const { id, assemblyId, draftedAt, draftedBy } = minutes
  const inserted: unknown[] = await tx.query(
    `WITH written AS (
       INSERT INTO minutes (id, assembly_id, drafted_at, drafted_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT minutes_once DO NOTHING RETURNING id)
     SELECT id FROM written`,
    [id, assemblyId, draftedAt, draftedBy],
  )
  return inserted.length > 0
}

export type Version = Omit<MinutesVersionRow, 'minutes'>

export async function findLatest(tx: Tx, minutesId: string): Promise<Version | null> {
  return tx.getRepository(MinutesVersionRow).findOne({ where: { minutesId }, order: { number: 'DESC' } })
}

export async function findVersion(tx: Tx, minutesId: string, number: number): Promise<Version | null> {
  return tx.getRepository(MinutesVersionRow).findOneBy({ minutesId, number })
}

/** The versions without their contents, the newest first. */
export async function listVersions(tx: Tx, minutesId: string): Promise<Omit<Version, 'content' | 'text'>[]> {
  return tx.query(
    `SELECT minutes_id AS "minutesId", number, kind, section, hash, recorded_at AS "recordedAt",
       recorded_by AS "recordedBy"
     FROM minutes_versions WHERE minutes_id = $1 ORDER BY number DESC`,
    [minutesId],
  )
}

export async function insertVersion(tx: Tx, version: Version & { content: MinutesContent }): Promise<void> {
  await tx.getRepository(MinutesVersionRow).insert(version as never)
}

/** The last time the minutes were put to an assembly. */
export async function findLastOffer(tx: Tx, minutesId: string): Promise<MinutesOfferRow | null> {
  return tx
    .getRepository(MinutesOfferRow)
    .findOne({ where: { minutesId }, order: { offeredAt: 'DESC', id: 'DESC' } })
}

/** Which minutes a motion is about. */
export async function findOffer(
  tx: Tx,
  id: string,
): Promise<(MinutesOfferRow & { minutes: MinutesRow }) | null> {
  return tx.getRepository(MinutesOfferRow).findOne({ where: { id }, relations: { minutes: true } })
}

export async function insertOffer(tx: Tx, offer: Omit<MinutesOfferRow, 'minutes'>): Promise<void> {
  await tx.getRepository(MinutesOfferRow).insert(offer)
}

export async function findApproval(tx: Tx, minutesId: string): Promise<MinutesApprovalRow | null> {
  return tx.getRepository(MinutesApprovalRow).findOneBy({ minutesId })
}

export async function insertApproval(
  tx: Tx,
  approval: Omit<MinutesApprovalRow, 'of' | 'offer'>,
): Promise<void> {
  await tx.getRepository(MinutesApprovalRow).insert(approval)
}

export async function readSignatures(tx: Tx, minutesId: string): Promise<MinutesSignatureRow[]> {
  return tx
    .getRepository(MinutesSignatureRow)
    .find({ where: { minutesId }, order: { signedAt: 'ASC', office: 'ASC' } })
}

export async function insertSignature(
  tx: Tx,
  signature: Omit<MinutesSignatureRow, 'approval'>,
): Promise<void> {
  await tx.getRepository(MinutesSignatureRow).insert(signature)
}

/** The PDFs that went out, the newest version first. */
export async function readPapers(tx: Tx, minutesId: string): Promise<MinutesPaperRow[]> {
  return tx
    .getRepository(MinutesPaperRow)
    .find({ where: { minutesId }, order: { version: 'DESC', kind: 'DESC' } })
}

/** A repeat for the same version changes nothing. */
export async function insertPaper(tx: Tx, paper: Omit<MinutesPaperRow, 'of'>): Promise<void> {
  await tx.getRepository(MinutesPaperRow).createQueryBuilder().insert().values(paper).orIgnore().execute()
}

/** The assemblies that ended after this instant and have no minutes yet, the last one first. */
export async function listWithoutMinutes(
  tx: Tx,
  since: Date,
): Promise<{ id: string; title: string; endedAt: Date }[]> {
  return tx.query(
    `SELECT a.id, a.title, a.ended_at AS "endedAt" FROM assemblies a
     WHERE a.ended_at >= $1 AND a.cancelled_at IS NULL
       AND NOT EXISTS (SELECT FROM minutes m WHERE m.assembly_id = a.id)
     ORDER BY a.ended_at DESC`,
    [since],
  )
}

/** The minutes that nobody approved yet, and those that still lack a signature. */
export async function listUnfinished(
  tx: Tx,
): Promise<{ id: string; assemblyId: string; approved: boolean }[]> {
  return tx.query(
    `SELECT m.id, m.assembly_id AS "assemblyId", p.minutes_id IS NOT NULL AS approved
     FROM minutes m LEFT JOIN minutes_approvals p ON p.minutes_id = m.id
     WHERE (SELECT count(*) FROM minutes_signatures s WHERE s.minutes_id = m.id) < 2
     ORDER BY m.drafted_at`,
  )
}

/** What was signed lately. */
export async function listSigned(tx: Tx): Promise<{ assemblyId: string; title: string; at: Date }[]> {
  return tx.query(
    `SELECT a.id AS "assemblyId", a.title, max(s.signed_at) AS at
     FROM minutes_signatures s JOIN minutes m ON m.id = s.minutes_id JOIN assemblies a ON a.id = m.assembly_id
     GROUP BY a.id, a.title HAVING count(*) = 2 ORDER BY at DESC LIMIT 20`,
  )
}
