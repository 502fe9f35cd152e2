import type { Tx } from '#platform'
import type { EffectJson } from '../rules/city-report-content.js'
import { EffectIndicatorRow, EffectMeasurementRow } from './entities.js'

/** The effects in their order, each with what was measured: one figure a year, the last that was recorded. */
export async function readEffects(tx: Tx): Promise<EffectJson[]> {
  const indicators = await tx.getRepository(EffectIndicatorRow).find({ order: { position: 'ASC' } })
  const measured: { indicatorId: string; year: number; tenths: number; source: string }[] = await tx.query(
    `SELECT DISTINCT ON (indicator_id, year) indicator_id AS "indicatorId", year, tenths, source
     FROM effect_measurements ORDER BY indicator_id, year, recorded_at DESC, id DESC`,
  )
  return indicators.map(({ id, label, baselineYear, baselineTenths, targetYear, targetTenths }) => ({
    id,
    label,
    baseline: { year: baselineYear, tenths: baselineTenths },
    target: { year: targetYear, tenths: targetTenths },
    measurements: measured
      .filter(({ indicatorId }) => indicatorId === id)
      .map(({ year, tenths, source }) => ({ year, tenths, source })),
  }))
}

export async function insertEffects(tx: Tx, rows: readonly EffectIndicatorRow[]): Promise<void> {
  await tx.getRepository(EffectIndicatorRow).insert([...rows])
}

export async function lockEffect(tx: Tx, id: string): Promise<boolean> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('effect ' || $1::text, 0))`, [id])
  return tx.getRepository(EffectIndicatorRow).existsBy({ id })
}

export async function insertMeasurement(tx: Tx, row: Omit<EffectMeasurementRow, 'indicator'>): Promise<void> {
  await tx.getRepository(EffectMeasurementRow).insert(row)
}
