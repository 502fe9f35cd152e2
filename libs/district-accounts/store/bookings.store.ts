import type { Tx } from '#platform'
import { DistrictBookingRow } from './booking-entities.js'

/** Whoever books, advances or settles a year of an agreement waits here for the other, until the transaction ends. */
export async function lockYearOf(tx: Tx, agreementId: string, year: number): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 42))', [`${agreementId}:${year}`])
}

/** What was booked of a year, of one agreement or all, in order. */
export async function readBookings(
  tx: Tx,
  year: number,
  agreementId?: string,
): Promise<DistrictBookingRow[]> {
  const query = tx
    .getRepository(DistrictBookingRow)
    .createQueryBuilder('b')
    .where('b.quarter LIKE :year', { year: `${String(year).padStart(4, '0')}-Q_` })
  if (agreementId) query.andWhere('b.agreement_id = :agreementId', { agreementId })
  return query.orderBy('b.quarter').addOrderBy('b.number').addOrderBy('b.line_id').getMany()
}

export async function insertBookings(tx: Tx, rows: readonly DistrictBookingRow[]): Promise<void> {
  await tx.getRepository(DistrictBookingRow).insert([...rows])
}
