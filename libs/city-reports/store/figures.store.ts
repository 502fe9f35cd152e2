import type { Cents, Day, Quarter } from '#kernel'
import type { Tx } from '#platform'

/** One line of one quarter, of all reports that count, added up. */
export interface QuarterLine {
  quarter: string
  lineId: string
  reports: number
  budgetCents: Cents
  actualCents: Cents
  forecastCents: Cents
}

/**
 * The money of every quarter by line, in one statement; what `rollUp` says of the same reports. Perhaps of some
 * agreements only.
 */
export async function sumLines(
  tx: Tx,
  agreementIds: readonly string[] | null = null,
): Promise<QuarterLine[]> {
  return tx.query(
    `SELECT quarter, line_id AS "lineId", count(*)::int AS reports, sum(budget_cents)::bigint AS "budgetCents",
       sum(actual_cents)::bigint AS "actualCents", sum(forecast_cents)::bigint AS "forecastCents"
     FROM report_figures WHERE $1::uuid[] IS NULL OR agreement_id = ANY($1::uuid[])
     GROUP BY quarter, line_id ORDER BY quarter, line_id`,
    [agreementIds],
  )
}

/** What each agreement had spent by the end of a quarter, year to date; without a report it is not in it. */
export async function spentByAgreement(tx: Tx, quarter: Quarter): Promise<Map<string, Cents>> {
  const rows: { agreementId: string; cents: Cents }[] = await tx.query(
    `SELECT agreement_id AS "agreementId", sum(actual_cents)::bigint AS cents
     FROM report_figures WHERE quarter = $1 GROUP BY agreement_id`,
    [quarter.toString()],
  )
  return new Map(rows.map(({ agreementId, cents }) => [agreementId, cents]))
}

/** How many reports there are of each quarter, with their money. */
export async function sumQuarters(
  tx: Tx,
): Promise<
  { quarter: string; reports: number; budgetCents: Cents; actualCents: Cents; forecastCents: Cents }[]
> {
  return tx.query(
    `SELECT quarter, count(DISTINCT report_id)::int AS reports, sum(budget_cents)::bigint AS "budgetCents",
       sum(actual_cents)::bigint AS "actualCents", sum(forecast_cents)::bigint AS "forecastCents"
     FROM report_figures GROUP BY quarter ORDER BY quarter`,
  )
}

/** The money of the newest report of an agreement on a year. */
export interface LatestFigures {
  agreementId: string
  quarter: string
  budgetCents: Cents
  actualCents: Cents
  forecastCents: Cents
}

/** Of each agreement with a report on the year the newest one that counts, its lines added up. */
export async function latestOfYear(tx: Tx, year: number): Promise<LatestFigures[]> {
  return tx.query(
    `SELECT DISTINCT ON (agreement_id) agreement_id AS "agreementId", quarter,
       sum(budget_cents)::bigint AS "budgetCents", sum(actual_cents)::bigint AS "actualCents",
       sum(forecast_cents)::bigint AS "forecastCents"
     FROM report_figures WHERE starts_with(quarter, $1)
     GROUP BY agreement_id, quarter ORDER BY agreement_id, quarter DESC`,
    [`${year}-Q`],
  )
}

/**
 * As {@link latestOfYear} at the end of a day: read from the versions themselves, without those that were submitted
 * later, and with those that were withdrawn later.
 */
export async function latestOfYearOn(tx: Tx, year: number, day: Day): Promise<LatestFigures[]> {
  return tx.query(
    `SELECT DISTINCT ON (r.agreement_id) r.agreement_id AS "agreementId", r.quarter,
       sum((line->>'budgetCents')::bigint)::bigint AS "budgetCents",
       sum((line->>'actualCents')::bigint)::bigint AS "actualCents",
       sum((line->>'forecastCents')::bigint)::bigint AS "forecastCents"
     FROM quarterly_reports r
     JOIN LATERAL (
       SELECT content FROM report_versions v
       WHERE v.report_id = r.id AND (v.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date <= $2
         AND NOT EXISTS (SELECT FROM report_events e
           WHERE e.report_id = r.id AND e.kind = 'withdrawn' AND e.version = v.number
             AND (e.at AT TIME ZONE 'Europe/Amsterdam')::date <= $2)
       ORDER BY number DESC LIMIT 1) latest ON true
     CROSS JOIN jsonb_array_elements(coalesce(latest.content::jsonb->'lines', '[]')) line
     WHERE starts_with(r.quarter, $1)
     GROUP BY r.agreement_id, r.quarter ORDER BY r.agreement_id, r.quarter DESC`,
    [`${year}-Q`, day],
  )
}
