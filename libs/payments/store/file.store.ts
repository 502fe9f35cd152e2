import type { Cents } from '#kernel'
import type { Tx } from '#platform'
import { PaymentBatchOutcomeRow, PaymentDownloadRow } from './batch-entities.js'

/** The file of an approved batch. */
export async function readFile(tx: Tx, batchId: string): Promise<{ file: string; sha256: string } | null> {
  const found = await tx.getRepository(PaymentBatchOutcomeRow).findOneBy({ batchId })
  return found?.file ? { file: found.file, sha256: found.fileSha256! } : null
}

export async function insertDownload(tx: Tx, row: PaymentDownloadRow): Promise<void> {
  await tx.getRepository(PaymentDownloadRow).insert(row)
}

/** Who fetched the file, the first one first. */
export async function readDownloads(tx: Tx, batchId: string): Promise<{ at: Date; name: string }[]> {
  return tx.query(
    `SELECT d.downloaded_at AS at, p.name FROM payment_downloads d JOIN people p ON p.id = d.downloaded_by
     WHERE d.batch_id = $1 ORDER BY d.downloaded_at, d.id`,
    [batchId],
  )
}

/** The approved batches, the latest first, with how many times their file was fetched. */
export async function readApproved(
  tx: Tx,
): Promise<{ name: string; cents: Cents; at: Date; downloads: number }[]> {
  return tx.query(
    `SELECT b.year || '-' || b.number AS name, b.cents, o.decided_at AS at,
       (SELECT count(*)::int FROM payment_downloads d WHERE d.batch_id = b.id) AS downloads
     FROM payment_batches b JOIN payment_batch_outcomes o ON o.batch_id = b.id
     WHERE o.outcome = 'approved' ORDER BY o.decided_at DESC`,
  )
}
