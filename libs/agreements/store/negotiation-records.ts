import type { Tx } from '#platform'
import type { CounterpartyKind } from '../rules/agreement.js'
import { type Draft, type DraftSection, draftSections } from '../rules/draft.js'
import type { Side, SigningCapacity } from '../rules/negotiation.js'
import {
  AgreementDraftRow,
  CommentRow,
  NegotiationEndingRow,
  NegotiationRow,
  ProposalRow,
} from './negotiation-entities.js'

/** Whoever changes a negotiation waits here for the other, until the transaction ends. */
export async function lockNegotiation(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('negotiation ' || $1::uuid::text, 0))`, [id])
}

/** The counterparty as negotiations know it. */
export interface Party {
  id: string
  name: string
  kind: CounterpartyKind
  memberId: string | null
  participants: string[]
}

/** A signature under an offer. */
export interface Signed {
  side: Side
  capacity: SigningCapacity
  personId: string
  name: string
  signedAt: Date
}

export interface Offered {
  id: string
  proposal: number
  content: string
  sha256: string
  offeredAt: Date
  offeredBy: string
  withdrawal: { reason: string; withdrawnAt: Date; withdrawnBy: string } | null
  signatures: Signed[]
}

/** A negotiation with everything that its state follows from. */
export type NegotiationRecord = Omit<NegotiationRow, 'agreement' | 'counterparty'> & {
  party: Party
  proposals: Omit<ProposalRow, 'negotiation' | 'typed'>[]
  /** The first one first. */
  offers: Offered[]
  ending: Omit<NegotiationEndingRow, 'negotiation'> | null
  /** The version that it became. */
  concluded: { versionId: string; number: number } | null
}

interface JsonRecord {
  party: Party
  proposals: NegotiationRecord['proposals']
  offers: Offered[]
  ending: NegotiationRecord['ending']
  concluded: NegotiationRecord['concluded']
}

const WITH_COURSE = `
  SELECT n.id, n.agreement_id AS "agreementId", n.change, n.kind, n.area_slug AS "areaSlug", n.area_name AS "areaName",
    n.accounting_district_id AS "accountingDistrictId", n.counterparty_id AS "counterpartyId",
    n.started_at AS "startedAt", n.started_by AS "startedBy",
    jsonb_build_object(
      'party', (SELECT jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'memberId', c.member_id,
        'participants', coalesce((SELECT jsonb_agg(p.member_id ORDER BY p.member_id)
          FROM counterparty_participants p WHERE p.counterparty_id = c.id), '[]'))
        FROM counterparties c WHERE c.id = n.counterparty_id),
      'proposals', coalesce((SELECT jsonb_agg(jsonb_build_object('negotiationId', p.negotiation_id, 'number', p.number,
        'side', p.side, 'sha256', p.sha256, 'message', p.message, 'proposedAt', p.proposed_at,
        'proposedBy', p.proposed_by) ORDER BY p.number)
        FROM agreement_proposals p WHERE p.negotiation_id = n.id), '[]'),
      'offers', coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'proposal', o.proposal,
        'content', o.content, 'sha256', o.sha256, 'offeredAt', o.offered_at, 'offeredBy', o.offered_by,
        'withdrawal', (SELECT jsonb_build_object('reason', w.reason, 'withdrawnAt', w.withdrawn_at,
          'withdrawnBy', w.withdrawn_by) FROM agreement_offer_withdrawals w WHERE w.offer_id = o.id),
        'signatures', coalesce((SELECT jsonb_agg(jsonb_build_object('side', s.side, 'capacity', s.capacity,
          'personId', s.person_id, 'name', s.name, 'signedAt', s.signed_at) ORDER BY s.signed_at)
          FROM agreement_signatures s WHERE s.offer_id = o.id), '[]')) ORDER BY o.offered_at, o.id)
        FROM agreement_offers o WHERE o.negotiation_id = n.id), '[]'),
      'ending', (SELECT jsonb_build_object('negotiationId', e.negotiation_id, 'reason', e.reason,
        'endedAt', e.ended_at, 'endedBy', e.ended_by)
        FROM agreement_negotiation_endings e WHERE e.negotiation_id = n.id),
      'concluded', (SELECT jsonb_build_object('versionId', v.id, 'number', v.number)
        FROM agreement_versions v JOIN agreement_offers o ON o.id = v.offer_id WHERE o.negotiation_id = n.id)
    ) AS course
  FROM agreement_negotiations n`

/** One negotiation, or null. */
export async function findNegotiation(tx: Tx, id: string): Promise<NegotiationRecord | null> {
  return (await records(tx, `${WITH_COURSE} WHERE n.id = $1`, [id]))[0] ?? null
}

/** Every negotiation, the last begun first; of one agreement when given. */
export async function listNegotiations(tx: Tx, agreementId?: string): Promise<NegotiationRecord[]> {
  return records(
    tx,
    `${WITH_COURSE} WHERE $1::uuid IS NULL OR n.agreement_id = $1 ORDER BY n.started_at DESC, n.id`,
    [agreementId ?? null],
  )
}

async function records(tx: Tx, sql: string, params: unknown[]): Promise<NegotiationRecord[]> {
  const rows: (NegotiationRecord & { course: JsonRecord })[] = await tx.query(sql, params)
  return rows.map(({ course, ...row }) => ({ ...row, ...withInstants(course) }))
}

/** JSON carries instants as texts. */
function withInstants({ party, proposals, offers, ending, concluded }: JsonRecord): JsonRecord {
  return {
    ...{ party, concluded },
    proposals: proposals.map((one) => ({ ...one, proposedAt: new Date(one.proposedAt) })),
    offers: offers.map((one) => ({
      ...one,
      offeredAt: new Date(one.offeredAt),
      withdrawal: one.withdrawal && {
        ...one.withdrawal,
        withdrawnAt: new Date(one.withdrawal.withdrawnAt),
      },
      signatures: one.signatures.map((signed) => ({ ...signed, signedAt: new Date(signed.signedAt) })),
    })),
    ending: ending && { ...ending, endedAt: new Date(ending.endedAt) },
  }
}

export async function insertNegotiation(
  tx: Tx,
  row: Omit<NegotiationRow, 'agreement' | 'counterparty'>,
): Promise<void> {
  await tx.getRepository(NegotiationRow).insert(row)
}

export async function insertEnding(tx: Tx, row: Omit<NegotiationEndingRow, 'negotiation'>): Promise<void> {
  await tx.getRepository(NegotiationEndingRow).insert(row)
}

/** What one side is writing: the whole draft with, per part, its revision and who saved it last. */
export interface SideDraft {
  typed: Draft
  /** The proposal it was begun from; 0 before there was one. */
  basedOn: number
  sections: Record<DraftSection, { revision: number; savedAt: Date; savedBy: string }>
}

export async function readDraftOf(tx: Tx, negotiationId: string, side: Side): Promise<SideDraft | null> {
  const rows = await tx.getRepository(AgreementDraftRow).findBy({ negotiationId, side })
  if (rows.length < draftSections.length) return null
  const sections = Object.fromEntries(
    rows.map(({ section, revision, savedAt, savedBy }) => [section, { revision, savedAt, savedBy }]),
  )
  return {
    typed: Object.assign({}, ...rows.map(({ typed }) => typed)),
    basedOn: Math.max(...rows.map(({ basedOn }) => basedOn)),
    sections: sections as SideDraft['sections'],
  }
}

/** Puts a part in the place of what was there. */
export async function writeSection(tx: Tx, row: Omit<AgreementDraftRow, 'negotiation'>): Promise<void> {
  await tx.query(
    `INSERT INTO agreement_drafts (negotiation_id, side, section, typed, revision, based_on, saved_at, saved_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (negotiation_id, side, section) DO UPDATE SET typed = EXCLUDED.typed, revision = EXCLUDED.revision,
       based_on = EXCLUDED.based_on, saved_at = EXCLUDED.saved_at, saved_by = EXCLUDED.saved_by`,
    [
      ...[row.negotiationId, row.side, row.section, JSON.stringify(row.typed)],
      ...[row.revision, row.basedOn, row.savedAt, row.savedBy],
    ],
  )
}

/** The draft was put to the other side, or is thrown away. */
export async function removeDraft(tx: Tx, negotiationId: string, side: Side): Promise<void> {
  await tx.getRepository(AgreementDraftRow).delete({ negotiationId, side })
}

/** Which sides are writing, and since when. */
export async function listDrafts(
  tx: Tx,
  negotiationIds: readonly string[],
): Promise<{ negotiationId: string; side: Side; savedAt: Date }[]> {
  return tx.query(
    `SELECT negotiation_id AS "negotiationId", side, max(saved_at) AS "savedAt" FROM agreement_drafts
     WHERE negotiation_id = ANY($1::uuid[]) GROUP BY negotiation_id, side`,
    [negotiationIds],
  )
}

export async function insertProposal(tx: Tx, row: Omit<ProposalRow, 'negotiation'>): Promise<void> {
  await tx.getRepository(ProposalRow).insert(row)
}

/** The fields of a proposal as they were typed; null when there is none with that number. */
export async function readProposal(tx: Tx, negotiationId: string, number: number): Promise<Draft | null> {
  const row = await tx.getRepository(ProposalRow).findOneBy({ negotiationId, number })
  return row && (JSON.parse(row.typed) as Draft)
}

/** A remark with its answers, and whether it needs nothing more. */
export interface Comment extends Omit<CommentRow, 'of' | 'answered'> {
  closed: { at: Date; by: string } | null
  answers: Omit<CommentRow, 'of' | 'answered'>[]
}

/** The remarks of a negotiation in the order in which they were written. */
export async function readComments(tx: Tx, negotiationId: string): Promise<Comment[]> {
  const rows = await tx
    .getRepository(CommentRow)
    .find({ where: { negotiationId }, order: { writtenAt: 'ASC', id: 'ASC' } })
  const closings: { commentId: string; at: Date; by: string }[] = await tx.query(
    `SELECT comment_id AS "commentId", closed_at AS at, closed_by AS by FROM agreement_comment_closings
     WHERE comment_id = ANY($1::uuid[])`,
    [rows.map(({ id }) => id)],
  )
  return rows
    .filter(({ replyTo }) => replyTo === null)
    .map((row) => ({
      ...row,
      closed: closings.find(({ commentId }) => commentId === row.id) ?? null,
      answers: rows.filter(({ replyTo }) => replyTo === row.id),
    }))
}

export async function insertComment(tx: Tx, row: Omit<CommentRow, 'of' | 'answered'>): Promise<void> {
  await tx.getRepository(CommentRow).insert(row)
}

/** A repeat changes nothing. */
export async function closeComment(tx: Tx, commentId: string, at: Date, by: string): Promise<void> {
  await tx.query(
    `INSERT INTO agreement_comment_closings (comment_id, closed_at, closed_by) VALUES ($1, $2, $3)
     ON CONFLICT (comment_id) DO NOTHING`,
    [commentId, at, by],
  )
}

/** Remarks that wait for an answer or an end, by negotiation. */
export async function countOpenComments(
  tx: Tx,
  negotiationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows: { id: string; open: number }[] = await tx.query(
    `SELECT c.negotiation_id AS id, count(*)::int AS open FROM agreement_comments c
     WHERE c.negotiation_id = ANY($1::uuid[]) AND c.reply_to IS NULL
       AND NOT EXISTS (SELECT FROM agreement_comment_closings x WHERE x.comment_id = c.id)
     GROUP BY c.negotiation_id`,
    [negotiationIds],
  )
  return new Map(rows.map(({ id, open }) => [id, open]))
}
