import type { Tx } from '#platform'
import type { Share } from '../rules/division.js'
import {
  SubsidyDivisionAgreementRow,
  SubsidyDivisionPartRow,
  SubsidyDivisionRow,
} from './division-entities.js'

/** Whoever changes the division of a year waits here for the other, until the transaction ends. */
export async function lockDivision(tx: Tx, year: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('subsidy division ' || $1::int::text, 0))`, [
    year,
  ])
}

export type DivisionVersion = SubsidyDivisionRow & { agreedOn: string | null }

/** Every version of a year, the first one first. */
export async function readDivisions(tx: Tx, year: number): Promise<DivisionVersion[]> {
  const rows = await tx.getRepository(SubsidyDivisionRow).find({ where: { year }, order: { version: 'ASC' } })
  const agreed = await tx
    .getRepository(SubsidyDivisionAgreementRow)
    .find({ where: { division: { year } }, relations: { division: false } })
  const dayOf = new Map(agreed.map(({ divisionId, agreedOn }) => [divisionId, agreedOn]))
  return rows.map((row) => ({ ...row, agreedOn: dayOf.get(row.id) ?? null }))
}

export async function readParts(tx: Tx, divisionId: string): Promise<SubsidyDivisionPartRow[]> {
  return tx.getRepository(SubsidyDivisionPartRow).find({ where: { divisionId } })
}

export async function insertDivision(
  tx: Tx,
  row: SubsidyDivisionRow,
  shares: readonly Share[],
): Promise<void> {
  await tx.getRepository(SubsidyDivisionRow).insert(row)
  const parts = shares.map(({ areaId, weight, keyCents, changeCents, reason }) => ({
    ...{ divisionId: row.id, accountingDistrictId: areaId, weight, keyCents, changeCents, reason },
  }))
  await tx.getRepository(SubsidyDivisionPartRow).insert(parts)
}

export async function insertDivisionAgreement(tx: Tx, row: SubsidyDivisionAgreementRow): Promise<void> {
  await tx.getRepository(SubsidyDivisionAgreementRow).insert(row)
}
