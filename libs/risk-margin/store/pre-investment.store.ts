import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import { PreInvestmentAnswerRow, PreInvestmentRow } from './margin-entities.js'

/** A pre-investment with what the kascommissie said of it. */
export interface StoredPreInvestment {
  id: string
  number: number
  memberId: string
  kind: 'money' | 'inKind'
  cents: Cents
  onDay: Day
  description: string
  document: string
  recordedAt: Date
  recordedBy: string
  answer: 'confirmed' | 'refused' | null
  note: string | null
  answeredBy: string | null
  answeredAt: Date | null
}

/** All of them, by number. */
export async function readPreInvestments(tx: Tx): Promise<StoredPreInvestment[]> {
  return tx.query(
    `SELECT p.id, p.number, p.member_id AS "memberId", p.kind, p.cents, p.on_day AS "onDay", p.description, p.document,
            p.recorded_at AS "recordedAt", p.recorded_by AS "recordedBy",
            a.answer, a.note, a.name AS "answeredBy", a.answered_at AS "answeredAt"
     FROM pre_investments p LEFT JOIN pre_investment_answers a ON a.pre_investment_id = p.id ORDER BY p.number`,
  )
}

/** Keeps others from recording one until the transaction ends, so that numbers follow each other. */
export async function holdPreInvestments(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('pre_investments'))`)
}

export async function findByRequestKey(tx: Tx, requestKey: string): Promise<PreInvestmentRow | null> {
  return tx.getRepository(PreInvestmentRow).findOneBy({ requestKey })
}

export async function insertPreInvestment(tx: Tx, row: PreInvestmentRow): Promise<void> {
  await tx.getRepository(PreInvestmentRow).insert(row)
}

export async function insertAnswer(
  tx: Tx,
  row: Omit<PreInvestmentAnswerRow, 'preInvestment'>,
): Promise<void> {
  await tx.getRepository(PreInvestmentAnswerRow).insert(row)
}
