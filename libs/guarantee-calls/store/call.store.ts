import { In } from 'typeorm'
import type { Tx } from '#platform'
import {
  GuaranteeCallCancellationRow,
  GuaranteeCallIssueRow,
  GuaranteeCallPartRow,
  GuaranteeCallRow,
  GuaranteeCallWithdrawalRow,
} from './call-entities.js'
import {
  GuaranteeCallClaimRow,
  GuaranteeCallDefaultAnswerRow,
  GuaranteeCallDefaultRow,
  GuaranteeCallPaymentRow,
  GuaranteeCallReminderRow,
} from './claim-entities.js'

/** A proposal about a holder that does not pay, with what came of it. */
export interface StoredDefault extends GuaranteeCallDefaultRow {
  answer: GuaranteeCallDefaultAnswerRow | null
}

/** The claim on one holder with everything that was recorded about it. */
export interface StoredClaim extends GuaranteeCallClaimRow {
  payments: GuaranteeCallPaymentRow[]
  reminders: GuaranteeCallReminderRow[]
  defaults: StoredDefault[]
}

/** A call with all that was recorded about it. */
export interface StoredCall extends GuaranteeCallRow {
  parts: GuaranteeCallPartRow[]
  withdrawal: GuaranteeCallWithdrawalRow | null
  issue: GuaranteeCallIssueRow | null
  cancellation: GuaranteeCallCancellationRow | null
  claims: StoredClaim[]
}

/** Every call, the latest first. */
export async function readCalls(tx: Tx): Promise<StoredCall[]> {
  return complete(
    tx,
    await tx.getRepository(GuaranteeCallRow).find({ order: { year: 'DESC', number: 'DESC' } }),
  )
}

export async function findCall(
  tx: Tx,
  by: { id: string } | { requestKey: string } | { year: number; number: number },
): Promise<StoredCall | null> {
  const row = await tx.getRepository(GuaranteeCallRow).findOneBy(by)
  return row && (await complete(tx, [row]))[0]!
}

export async function insertCall(
  tx: Tx,
  row: GuaranteeCallRow,
  parts: readonly Omit<GuaranteeCallPartRow, 'callId' | 'position'>[],
): Promise<void> {
  await tx.getRepository(GuaranteeCallRow).insert(row)
  await tx
    .getRepository(GuaranteeCallPartRow)
    .insert(parts.map((part, at) => ({ ...part, callId: row.id, position: at + 1 })))
}

export async function findDefault(
  tx: Tx,
  by: { id: string } | { requestKey: string },
): Promise<StoredDefault | null> {
  const row = await tx.getRepository(GuaranteeCallDefaultRow).findOneBy(by)
  const answer =
    row && (await tx.getRepository(GuaranteeCallDefaultAnswerRow).findOneBy({ defaultId: row.id }))
  return row && { ...row, answer }
}

async function complete(tx: Tx, rows: GuaranteeCallRow[]): Promise<StoredCall[]> {
  if (rows.length === 0) return []
  const ofCalls = { callId: In(rows.map(({ id }) => id)) }
  const parts = await tx
    .getRepository(GuaranteeCallPartRow)
    .find({ where: ofCalls, order: { position: 'ASC' } })
  const withdrawals = await tx.getRepository(GuaranteeCallWithdrawalRow).findBy(ofCalls)
  const issues = await tx.getRepository(GuaranteeCallIssueRow).findBy(ofCalls)
  const cancellations = await tx.getRepository(GuaranteeCallCancellationRow).findBy(ofCalls)
  const claims = await readClaims(tx, ofCalls)
  return rows.map((row) => ({
    ...row,
    parts: parts.filter(({ callId }) => callId === row.id),
    withdrawal: withdrawals.find(({ callId }) => callId === row.id) ?? null,
    issue: issues.find(({ callId }) => callId === row.id) ?? null,
    cancellation: cancellations.find(({ callId }) => callId === row.id) ?? null,
    claims: claims.filter(({ callId }) => callId === row.id),
  }))
}

async function readClaims(tx: Tx, where: { callId: ReturnType<typeof In<string>> }): Promise<StoredClaim[]> {
  const claims = await tx.getRepository(GuaranteeCallClaimRow).findBy(where)
  const payments = await tx
    .getRepository(GuaranteeCallPaymentRow)
    .find({ where, order: { paidOn: 'ASC', recordedAt: 'ASC' } })
  const reminders = await tx
    .getRepository(GuaranteeCallReminderRow)
    .find({ where, order: { dayOffset: 'ASC' } })
  const defaults = await tx.getRepository(GuaranteeCallDefaultRow).find({ where, order: { number: 'ASC' } })
  const answers = await tx
    .getRepository(GuaranteeCallDefaultAnswerRow)
    .findBy({ defaultId: In(defaults.map(({ id }) => id)) })
  return claims.map((claim) => {
    const same = (one: { callId: string; memberId: string }) =>
      one.callId === claim.callId && one.memberId === claim.memberId
    return {
      ...claim,
      payments: payments.filter(same),
      reminders: reminders.filter(same),
      defaults: defaults
        .filter(same)
        .map((one) => ({ ...one, answer: answers.find(({ defaultId }) => defaultId === one.id) ?? null })),
    }
  })
}
