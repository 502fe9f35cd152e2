import { createHash } from 'node:crypto'
import { type Cents, canonicalJson, centsFromJson, centsToJson } from '#kernel'
import type { Tx } from '#platform'
import type { JournalLine, Mapping } from '../rules/journal.js'
import {
  AccountMappingRow,
  DistrictJournalLineRow,
  DistrictJournalRow,
  JournalUploadRow,
  type UploadedLine,
} from './journal-entities.js'

/** Whoever brings a journal of a wijk waits here for the other, until the transaction ends. */
export async function lockJournals(tx: Tx, agreementId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 43))', [agreementId])
}

/** Where the accounts of a wijk belong, as was said last. */
export async function readMapping(tx: Tx, agreementId: string): Promise<Map<string, string | null>> {
  const rows: { account: string; line: string | null }[] = await tx.query(
    `SELECT DISTINCT ON (account) account, line_id AS line FROM district_account_mappings
     WHERE agreement_id = $1 ORDER BY account, id DESC`,
    [agreementId],
  )
  return new Map(rows.map(({ account, line }) => [account, line]))
}

export async function insertMappings(tx: Tx, rows: readonly Omit<AccountMappingRow, 'id'>[]): Promise<void> {
  if (rows.length > 0) await tx.getRepository(AccountMappingRow).insert([...rows])
}

export async function findUpload(
  tx: Tx,
  where: { id: string } | { agreementId: string; quarter: string; sha256: string },
): Promise<JournalUploadRow | null> {
  return tx.getRepository(JournalUploadRow).findOneBy(where)
}

export async function insertUpload(tx: Tx, row: JournalUploadRow): Promise<void> {
  await tx.getRepository(JournalUploadRow).insert(row)
}

export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  await tx.getRepository(JournalUploadRow).delete({ id })
}

export async function deleteUploadsBefore(tx: Tx, instant: Date): Promise<void> {
  await tx.query('DELETE FROM district_journal_uploads WHERE uploaded_at < $1', [instant])
}

/** The journals of a wijk in a year, the latest first: that one counts. */
export async function readJournals(tx: Tx, agreementId: string, year: number): Promise<DistrictJournalRow[]> {
  return tx
    .getRepository(DistrictJournalRow)
    .find({ where: { agreementId, year }, order: { number: 'DESC' } })
}

export async function readJournalLines(tx: Tx, journalId: string): Promise<DistrictJournalLineRow[]> {
  return tx.getRepository(DistrictJournalLineRow).find({ where: { journalId }, order: { position: 'ASC' } })
}

/** Keeps a journal with the line of the agreement that each of its lines belongs to. */
export async function insertJournal(
  tx: Tx,
  row: DistrictJournalRow,
  lines: readonly JournalLine[],
  mapping: Mapping,
): Promise<void> {
  await tx.getRepository(DistrictJournalRow).insert(row)
  await tx.query(
    `INSERT INTO district_journal_lines
       (journal_id, position, on_day, account, account_name, line_id, description, document, cents)
     SELECT $1, l.* FROM unnest($2::int[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::bigint[]) l`,
    [
      row.id,
      lines.map((_, at) => at + 1),
      lines.map(({ onDay }) => onDay),
      lines.map(({ account }) => account),
      lines.map(({ accountName }) => accountName),
      lines.map(({ account }) => mapping.get(account) ?? null),
      lines.map(({ description }) => description),
      lines.map(({ document }) => document),
      lines.map(({ cents }) => cents.toString()),
    ],
  )
}

export const uploaded = (lines: readonly JournalLine[]): UploadedLine[] =>
  lines.map((line) => ({ ...line, cents: centsToJson(line.cents) }))

export const linesOf = ({ lines }: Pick<JournalUploadRow, 'lines'>): JournalLine[] =>
  lines.map((line) => ({ ...line, cents: centsFromJson(line.cents) as Cents }))

/** What a mapping says of some accounts, as a fingerprint. */
export function mappingSha256(accounts: readonly string[], mapping: Mapping): string {
  const said = accounts.toSorted().map((account) => [account, mapping.get(account) ?? null])
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}
