import { In } from 'typeorm'
import type { Tx } from '#platform'
import { GuaranteeCertificateRow, GuaranteeStatementRow } from './certificate-entities.js'

/** Writes a certificate; the same text is one certificate. @returns the id of the one that stands */
export async function keepCertificate(tx: Tx, row: GuaranteeCertificateRow): Promise<string> {
  await tx.query(
    `INSERT INTO guarantee_certificates (id, member_id, on_day, content, sha256, code, issued_at, issued_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT ON CONSTRAINT guarantee_certificates_sha256 DO NOTHING`,
    [row.id, row.memberId, row.onDay, row.content, row.sha256, row.code, row.issuedAt, row.issuedBy],
  )
  const standing = await tx.getRepository(GuaranteeCertificateRow).findOneByOrFail({ sha256: row.sha256 })
  return standing.id
}

export function findCertificate(
  tx: Tx,
  where: { id: string } | { code: string },
): Promise<GuaranteeCertificateRow | null> {
  return tx.getRepository(GuaranteeCertificateRow).findOneBy(where)
}

/** The certificates of these members, or of all; the last one issued first. */
export function readCertificates(
  tx: Tx,
  memberIds: readonly string[] | 'all',
  most: number,
): Promise<GuaranteeCertificateRow[]> {
  const where = memberIds === 'all' ? {} : { memberId: In([...memberIds]) }
  return tx
    .getRepository(GuaranteeCertificateRow)
    .find({ where, order: { issuedAt: 'DESC', id: 'DESC' }, take: most })
}

/** @returns whether it was written; not when the member has one of this year already */
export async function insertStatement(tx: Tx, row: GuaranteeStatementRow): Promise<boolean> {
  const written: unknown[] = await tx.query(
    `WITH written AS (
       INSERT INTO guarantee_statements (member_id, year, content, sha256, certificate_id, made_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (member_id, year) DO NOTHING RETURNING year)
     SELECT year FROM written`,
    [row.memberId, row.year, row.content, row.sha256, row.certificateId, row.madeAt],
  )
  return written.length > 0
}

/** The statements of these members, or of all, of one year or of every year; the last year first. */
export function readStatements(
  tx: Tx,
  { memberIds, year }: { memberIds?: readonly string[]; year?: number },
): Promise<GuaranteeStatementRow[]> {
  const where = {
    ...(memberIds ? { memberId: In([...memberIds]) } : {}),
    ...(year === undefined ? {} : { year }),
  }
  return tx.getRepository(GuaranteeStatementRow).find({ where, order: { year: 'DESC', memberId: 'ASC' } })
}

/** The years of which statements were made, the last one first. */
export async function readStatementYears(tx: Tx): Promise<number[]> {
  const rows: { year: number }[] = await tx.query(
    'SELECT DISTINCT year FROM guarantee_statements ORDER BY year DESC',
  )
  return rows.map(({ year }) => year)
}
