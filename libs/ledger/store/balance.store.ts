import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'

/** A project: the id of an administrative wijk, or the central one. */
export type Project = string | 'central'

/** Which postings to add up: of an account, perhaps of one project or member, on days from and through. */
export interface BalanceQuery {
  account: string
  project?: Project
  memberId?: string
  from?: Day
  through: Day
}

/** A balance of the trial balance. */
export interface AccountBalance {
  account: string
  project: Project
  cents: Cents
}

/**
 * The balances of the last closed period through the day, and what was booked after it through the day. `$1` is the
 * day; the condition holds for both.
 */
const upTo = (condition: string, columns: string) => `
  WITH closed AS (SELECT max(last_day) AS day FROM ledger_closings WHERE last_day <= $1::date)
  SELECT ${columns} FROM (
    SELECT account, accounting_district_id, member_id, cents FROM ledger_snapshots
    WHERE last_day = (SELECT day FROM closed) AND ${condition}
    UNION ALL
    SELECT account, accounting_district_id, member_id, cents FROM postings
    WHERE on_day > coalesce((SELECT day FROM closed), '0001-01-01') AND on_day <= $1::date AND ${condition}) held`

/** The balance on the last moment of a day, of an account and perhaps a project or member. */
export async function sumThrough(tx: Tx, query: Omit<BalanceQuery, 'from'>): Promise<Cents> {
  const params: unknown[] = [query.through, query.account]
  const conditions = ['account = $2']
  if (query.memberId) conditions.push(`member_id = $${params.push(query.memberId)}`)
  if (query.project === 'central') conditions.push('accounting_district_id IS NULL')
  else if (query.project) conditions.push(`accounting_district_id = $${params.push(query.project)}`)
  const rows: { cents: string }[] = await tx.query(
    upTo(conditions.join(' AND '), 'coalesce(sum(cents), 0)::text AS cents'),
    params,
  )
  return BigInt(rows[0]!.cents)
}

/** The balance of every account and project on a day, accounts in order; what is zero is left out. */
export async function balancesThrough(tx: Tx, day: Day): Promise<AccountBalance[]> {
  const rows: { account: string; district: string | null; cents: string }[] = await tx.query(
    `${upTo('true', 'account, accounting_district_id AS district, sum(cents)::text AS cents')}
     GROUP BY account, accounting_district_id HAVING sum(cents) <> 0 ORDER BY account, accounting_district_id`,
    [day],
  )
  return rows.map(({ account, district, cents }) => ({
    account,
    project: district ?? 'central',
    cents: BigInt(cents),
  }))
}

/** The balance of an account per member on a day; what is zero is left out. */
export async function memberBalancesThrough(
  tx: Tx,
  account: string,
  day: Day,
): Promise<{ memberId: string; cents: Cents }[]> {
  const rows: { memberId: string; cents: string }[] = await tx.query(
    `${upTo('account = $2 AND member_id IS NOT NULL', 'member_id AS "memberId", sum(cents)::text AS cents')}
     GROUP BY member_id HAVING sum(cents) <> 0 ORDER BY abs(sum(cents)) DESC, member_id`,
    [day, account],
  )
  return rows.map(({ memberId, cents }) => ({ memberId, cents: BigInt(cents) }))
}

/** Which lines of an account to show. */
export interface LineQuery {
  account: string
  project?: Project
  from: Day
  through: Day
}

export interface AccountLine {
  entryId: string
  onDay: Day
  year: number | null
  number: number | null
  description: string
  document: string
  project: Project
  memberId: string | null
  cents: Cents
}

/** How many lines there are, and what the first `skip` of them come to. */
export async function measureLines(
  tx: Tx,
  query: LineQuery,
  skip: number,
): Promise<{ count: number; skippedCents: Cents; totalCents: Cents }> {
  const { where, params } = linesWhere(query)
  const [row] = await tx.query(
    `SELECT count(*)::int AS count, coalesce(sum(cents), 0)::text AS total,
       (SELECT coalesce(sum(cents), 0)::text FROM (
          SELECT cents FROM postings p WHERE ${where} ORDER BY on_day, id LIMIT ${skip}) skipped) AS skipped
     FROM postings p WHERE ${where}`,
    params,
  )
  return { count: row.count, skippedCents: BigInt(row.skipped), totalCents: BigInt(row.total) }
}

/** The lines of an account in the order of their days. */
export async function readLines(
  tx: Tx,
  query: LineQuery,
  { skip, most }: { skip: number; most: number },
): Promise<AccountLine[]> {
  const { where, params } = linesWhere(query)
  const rows = await tx.query(
    `SELECT p.entry_id AS "entryId", p.on_day AS "onDay", s.year, s.number, e.description, e.document,
            p.accounting_district_id AS district, p.member_id AS "memberId", p.cents
     FROM (SELECT * FROM postings p WHERE ${where} ORDER BY on_day, id LIMIT ${most} OFFSET ${skip}) p
     JOIN journal_entries e ON e.id = p.entry_id LEFT JOIN ledger_sealed_entries s ON s.entry_id = p.entry_id
     ORDER BY p.on_day, p.id`,
    params,
  )
  return rows.map(({ district, ...line }: AccountLine & { district: string | null }) => ({
    ...line,
    project: district ?? 'central',
  }))
}

function linesWhere({ account, project, from, through }: LineQuery): { where: string; params: unknown[] } {
  const params: unknown[] = [account, from, through]
  const conditions = ['p.account = $1', 'p.on_day >= $2::date', 'p.on_day <= $3::date']
  if (project === 'central') conditions.push('p.accounting_district_id IS NULL')
  else if (project) conditions.push(`p.accounting_district_id = $${params.push(project)}`)
  return { where: conditions.join(' AND '), params }
}
