import type { Tx } from '#platform'
import type { Recipient } from '../rules/convocation-content.js'
import {
  ConvocationPostingRow,
  ConvocationRecipientRow,
  ConvocationRow,
  EmailConsentRow,
} from './convocation.entities.js'

export type Convocation = Omit<ConvocationRow, 'assembly'>
export type NewRecipient = Recipient & { noticeKey: string | null }

/** A recipient with what became of the mail or letter. */
export interface SentRecipient extends NewRecipient {
  convocationId: string
  line: number
  sentAt: Date | null
  refusedAt: Date | null
  postedAt: Date | null
}

/** The convocations of an assembly, in order. */
export async function readConvocations(tx: Tx, assemblyId: string): Promise<Convocation[]> {
  return tx.getRepository(ConvocationRow).find({ where: { assemblyId }, order: { sequence: 'ASC' } })
}

export async function findConvocation(tx: Tx, id: string): Promise<Convocation | null> {
  return tx.getRepository(ConvocationRow).findOneBy({ id })
}

export async function insertConvocation(
  tx: Tx,
  convocation: Convocation,
  recipients: readonly NewRecipient[],
): Promise<void> {
  await tx.getRepository(ConvocationRow).insert(convocation as never)
  const rows = recipients.map((recipient, at) => ({
    ...recipient,
    convocationId: convocation.id,
    line: at + 1,
  }))
  for (let from = 0; from < rows.length; from += 500) {
    await tx.getRepository(ConvocationRecipientRow).insert(rows.slice(from, from + 500))
  }
}

/** To whom each convocation of an assembly went, and when mail or post took it. */
export async function readRecipients(tx: Tx, assemblyId: string): Promise<SentRecipient[]> {
  return tx.query(
    `SELECT r.convocation_id AS "convocationId", r.line, r.member_id AS "memberId", r.member_name AS "memberName",
       r.voting, r.channel, r.person_id AS "personId", r.name, r.address, r.notice_key AS "noticeKey",
       d.sent_at AS "sentAt", d.refused_at AS "refusedAt", p.posted_at AS "postedAt"
     FROM convocation_recipients r JOIN convocations c ON c.id = r.convocation_id
     LEFT JOIN notices n ON n.key = r.notice_key LEFT JOIN notice_deliveries d ON d.notice_id = n.id
     LEFT JOIN convocation_postings p ON p.convocation_id = c.id AND r.channel = 'letter'
     WHERE c.assembly_id = $1 ORDER BY c.sequence, r.line`,
    [assemblyId],
  )
}

/** @returns whether this call recorded it. */
export async function insertPosting(
  tx: Tx,
  posting: Omit<ConvocationPostingRow, 'convocation'>,
): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `WITH posted AS (INSERT INTO convocation_postings (convocation_id, posted_at, posted_by) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING 1) SELECT * FROM posted`,
    [posting.convocationId, posting.postedAt, posting.postedBy],
  )
  return rows.length > 0
}

export async function insertConsents(tx: Tx, consents: readonly EmailConsentRow[]): Promise<void> {
  await tx.getRepository(EmailConsentRow).insert([...consents])
}

/** What was recorded last of each member. */
export async function readConsents(tx: Tx): Promise<Map<string, EmailConsentRow>> {
  const rows: EmailConsentRow[] = await tx.query(
    `SELECT DISTINCT ON (member_id) id, member_id AS "memberId", consents, recorded_at AS "recordedAt",
       recorded_by AS "recordedBy"
     FROM email_consents ORDER BY member_id, recorded_at DESC, id DESC`,
  )
  return new Map(rows.map((row) => [row.memberId, row]))
}

/** Convocations with letters of which nobody has said that they are posted. */
export async function readUnposted(tx: Tx): Promise<{ assemblyId: string; title: string }[]> {
  return tx.query(
    `SELECT a.id AS "assemblyId", a.title FROM convocations c JOIN assemblies a ON a.id = c.assembly_id
     WHERE a.ended_at IS NULL AND NOT EXISTS (SELECT FROM convocation_postings p WHERE p.convocation_id = c.id)
       AND EXISTS (SELECT FROM convocation_recipients r WHERE r.convocation_id = c.id AND r.channel = 'letter')
     GROUP BY a.id, a.title`,
  )
}

/** The latest convocations, for the start page. */
export async function readRecentConvocations(
  tx: Tx,
): Promise<Pick<Convocation, 'assemblyId' | 'kind' | 'content' | 'convenedAt'>[]> {
  return tx.query(
    `SELECT assembly_id AS "assemblyId", kind, content, convened_at AS "convenedAt" FROM convocations
     ORDER BY convened_at DESC LIMIT 10`,
  )
}
