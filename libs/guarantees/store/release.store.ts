import type { Tx } from '#platform'
import type { GuaranteeReleaseAnswerRow, GuaranteeReleaseRow } from './entities.js'

/** A decision to release a holder, with what became of it. */
export interface Release extends GuaranteeReleaseRow {
  answer: GuaranteeReleaseAnswerRow['answer'] | null
  movementId: string | null
  answerReason: string
  answeredAt: Date | null
}

/** The latest first. */
export function readReleases(
  tx: Tx,
  where: { id?: string; memberIds?: readonly string[] | null },
): Promise<Release[]> {
  return tx.query(
    `SELECT r.id, r.member_id AS "memberId", r.cents, r.document, r.reason, r.request_key AS "requestKey",
            r.decided_at AS "decidedAt", r.decided_by AS "decidedBy", a.answer, a.movement_id AS "movementId",
            coalesce(a.reason, '') AS "answerReason", a.answered_at AS "answeredAt"
     FROM guarantee_releases r LEFT JOIN guarantee_release_answers a ON a.release_id = r.id
     WHERE ($1::uuid IS NULL OR r.id = $1) AND ($2::uuid[] IS NULL OR r.member_id = ANY($2))
     ORDER BY r.decided_at DESC, r.id DESC`,
    [where.id ?? null, where.memberIds ?? null],
  )
}
