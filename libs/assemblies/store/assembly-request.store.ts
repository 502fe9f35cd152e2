import type { Day } from '#kernel'
import type { Tx } from '#platform'
import {
  AssemblyRequestFilingRow,
  AssemblyRequestRow,
  AssemblyRequestSignatureRow,
} from './assembly-request.entities.js'

/** A request with the facts of it. */
export interface AssemblyRequest extends AssemblyRequestRow {
  filedOn: Day | null
  filedAt: Date | null
  /** The votes at the moment of filing. */
  votes: number | null
  needed: number | null
  electorate: number | null
  /** The day on which the board convened, or put the item on the agenda. */
  answeredOn: Day | null
  /** The assembly that is planned for it. */
  plannedId: string | null
}

export interface Signature {
  memberId: string
  personId: string
  signedAt: Date
}

const REQUEST = `SELECT r.id, r.kind, r.assembly_id AS "assemblyId", r.subject, r.explanation, r.asked,
    r.started_at AS "startedAt", r.started_by AS "startedBy", f.filed_on AS "filedOn", f.filed_at AS "filedAt",
    f.votes, f.needed, f.electorate, a.id AS "plannedId",
    coalesce(a.convened_on, (SELECT (min(i.added_at) AT TIME ZONE 'Europe/Amsterdam')::date FROM agenda_items i
      WHERE i.request_id = r.id AND i.removed_at IS NULL AND r.kind = 'item')) AS "answeredOn"
  FROM assembly_requests r LEFT JOIN assembly_request_filings f ON f.request_id = r.id
  LEFT JOIN assemblies a ON a.request_id = r.id AND a.cancelled_at IS NULL`

/** Newest first. */
export async function readRequests(tx: Tx): Promise<AssemblyRequest[]> {
  return tx.query(`${REQUEST} ORDER BY r.started_at DESC, r.id`)
}

export async function findRequest(tx: Tx, id: string): Promise<AssemblyRequest | null> {
  const [found] = await tx.query(`${REQUEST} WHERE r.id = $1`, [id])
  return found ?? null
}

/** Who convened an assembly; null while it is only planned. */
export async function readConvener(tx: Tx, assemblyId: string): Promise<string | null> {
  const [first] = await tx.query(
    'SELECT convened_by AS "convenedBy" FROM convocations WHERE assembly_id = $1 AND sequence = 0',
    [assemblyId],
  )
  return first?.convenedBy ?? null
}

/** One signer at a time: the signature that reaches the tenth is one. */
export async function holdRequest(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 18))', [id])
}

export async function insertRequest(tx: Tx, request: AssemblyRequestRow): Promise<void> {
  await tx.getRepository(AssemblyRequestRow).insert(request)
}

export async function readSignatures(tx: Tx, requestId: string): Promise<Signature[]> {
  return tx.getRepository(AssemblyRequestSignatureRow).find({
    select: { memberId: true, personId: true, signedAt: true },
    where: { requestId },
    order: { signedAt: 'ASC', memberId: 'ASC' },
  })
}

/** Signs for members; who signed already keeps that. @returns for whom it was recorded now. */
export async function insertSignatures(
  tx: Tx,
  signed: { requestId: string; memberIds: readonly string[]; personId: string; at: Date },
): Promise<string[]> {
  const rows: { memberId: string }[] = await tx.query(
    `WITH signed AS (
       INSERT INTO assembly_request_signatures (request_id, member_id, person_id, signed_at)
       SELECT $1, member_id, $3, $4 FROM unnest($2::uuid[]) AS member_id
       ON CONFLICT ON CONSTRAINT assembly_request_signatures_once DO NOTHING RETURNING member_id)
     SELECT member_id AS "memberId" FROM signed`,
    [signed.requestId, signed.memberIds, signed.personId, signed.at],
  )
  return rows.map(({ memberId }) => memberId)
}

export async function insertFiling(tx: Tx, filing: Omit<AssemblyRequestFilingRow, 'request'>): Promise<void> {
  await tx.getRepository(AssemblyRequestFilingRow).insert(filing)
}
