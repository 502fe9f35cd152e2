import type { Tx } from '#platform'
import type { ReadFile } from '../workbook/reading.js'
import { ReportUploadRow } from './entities.js'

/** An upload without what was read of it. */
export interface UploadSummary {
  id: string
  name: string
  uploadedBy: string
  uploadedAt: Date
}

/** An upload as it was read. */
export interface UploadRecord extends UploadSummary {
  agreementId: string
  quarter: string
  bytes: number
  sha256: string
  template: string
  content: ReadFile
}

/** The report that uploads belong to. */
export interface UploadsOf {
  agreementId: string
  quarter: string
}

/** The upload that a form of this report with this key made, or null. */
export async function uploadOfRequest(tx: Tx, of: UploadsOf, requestKey: string): Promise<string | null> {
  const row = await tx
    .getRepository(ReportUploadRow)
    .findOne({ where: { ...of, requestKey }, select: { id: true } })
  return row?.id ?? null
}

export async function insertUpload(tx: Tx, record: UploadRecord & { requestKey: string }): Promise<void> {
  await tx.getRepository(ReportUploadRow).insert(record)
}

/** One upload of a report, or null. */
export async function readUpload(tx: Tx, of: UploadsOf, id: string): Promise<UploadRecord | null> {
  return tx.getRepository(ReportUploadRow).findOneBy({ ...of, id })
}

/** The latest uploads of a report, the newest first. */
export function readUploads(tx: Tx, of: UploadsOf, most: number): Promise<UploadSummary[]> {
  return tx.getRepository(ReportUploadRow).find({
    where: of,
    select: { id: true, name: true, uploadedBy: true, uploadedAt: true },
    order: { uploadedAt: 'DESC', id: 'DESC' },
    take: most,
  })
}

export function countUploads(tx: Tx, of: UploadsOf): Promise<number> {
  return tx.getRepository(ReportUploadRow).countBy(of)
}

/** Removes what was uploaded before an instant. @returns how many */
export async function removeUploads(tx: Tx, before: Date): Promise<number> {
  const [, removed]: [unknown, number] = await tx.query('DELETE FROM report_uploads WHERE uploaded_at < $1', [
    before,
  ])
  return removed
}
