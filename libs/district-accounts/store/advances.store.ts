import type { Tx } from '#platform'
import type { Instalment } from '../rules/advance-schedule.js'
import {
  AdvanceInstalmentRow,
  AdvanceOrderRow,
  AdvanceReturnRow,
  AdvanceScheduleRow,
  AdvanceSettlementRow,
  SettlementConfirmationRow,
} from './advance-entities.js'

export type StoredSchedule = AdvanceScheduleRow & { instalments: Instalment[] }

/** The schedule that holds for each agreement in a year. */
export async function readSchedules(tx: Tx, year: number, agreementId?: string): Promise<StoredSchedule[]> {
  const rows = await tx
    .getRepository(AdvanceScheduleRow)
    .find({ where: { year, ...(agreementId && { agreementId }) }, order: { version: 'DESC' } })
  const latest = rows.filter((row, at) => rows.findIndex((one) => one.agreementId === row.agreementId) === at)
  if (latest.length === 0) return []
  const instalments = await tx
    .getRepository(AdvanceInstalmentRow)
    .createQueryBuilder('i')
    .where('i.schedule_id = ANY(:ids)', { ids: latest.map(({ id }) => id) })
    .orderBy('i.number')
    .getMany()
  return latest.map((row) => ({
    ...row,
    instalments: instalments
      .filter(({ scheduleId }) => scheduleId === row.id)
      .map(({ number, dueOn, cents }) => ({ number, dueOn, cents })),
  }))
}

export async function insertSchedule(
  tx: Tx,
  row: AdvanceScheduleRow,
  instalments: readonly Instalment[],
): Promise<void> {
  await tx.getRepository(AdvanceScheduleRow).insert(row)
  if (instalments.length === 0) return
  await tx
    .getRepository(AdvanceInstalmentRow)
    .insert(instalments.map((one) => ({ scheduleId: row.id, ...one })))
}

export async function readOrders(tx: Tx, year: number, agreementId?: string): Promise<AdvanceOrderRow[]> {
  return tx
    .getRepository(AdvanceOrderRow)
    .find({ where: { year, ...(agreementId && { agreementId }) }, order: { number: 'ASC' } })
}

export async function insertOrder(tx: Tx, row: AdvanceOrderRow): Promise<void> {
  await tx.getRepository(AdvanceOrderRow).insert(row)
}

/** A settlement, whether the director agreed with it, and whether what was to come back came. */
export type StoredSettlement = AdvanceSettlementRow & {
  confirmation: SettlementConfirmationRow | null
  returned: AdvanceReturnRow | null
}

/** The settlements of a year (or all), the first one of each agreement first. */
export async function readSettlements(
  tx: Tx,
  where: { year?: number; agreementId?: string; id?: string } = {},
): Promise<StoredSettlement[]> {
  const rows = await tx.getRepository(AdvanceSettlementRow).find({ where, order: { number: 'ASC' } })
  const confirmations = await tx.getRepository(SettlementConfirmationRow).find()
  const returns = await tx.getRepository(AdvanceReturnRow).find()
  return rows.map((row) => ({
    ...row,
    confirmation: confirmations.find(({ settlementId }) => settlementId === row.id) ?? null,
    returned: returns.find(({ settlementId }) => settlementId === row.id) ?? null,
  }))
}

export async function insertSettlement(tx: Tx, row: AdvanceSettlementRow): Promise<void> {
  await tx.getRepository(AdvanceSettlementRow).insert(row)
}

export async function insertConfirmation(tx: Tx, row: SettlementConfirmationRow): Promise<void> {
  await tx.getRepository(SettlementConfirmationRow).insert(row)
}

/** @returns whether it was not there yet */
export async function insertReturn(tx: Tx, row: AdvanceReturnRow): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `INSERT INTO advance_returns (settlement_id, received_on, entry_id, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING settlement_id`,
    [row.settlementId, row.receivedOn, row.entryId, row.recordedAt, row.recordedBy],
  )
  return rows.length > 0
}
