import type { Tx } from '#platform'
import type { Count } from '../rules/tally.js'

/**
 * Counts a closed poll as `countElectors` does (rules/tally.ts), in the database: a million electors need not pass
 * through this process. Who is there is who was there when the poll closed; who comes to a hall without being an
 * elector counts for nobody.
 *
 * The planner knows nothing yet of an electorate that was frozen a moment ago: taken for one row, it would be
 * walked once for every elector. So not that way, for this statement.
 */
export async function countPoll(tx: Tx, pollId: string): Promise<Count> {
  await tx.query(`SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '32MB'`)
  const [counted] = await tx.query(
    `WITH there AS MATERIALIZED (
       SELECT e.member_id
       FROM (SELECT DISTINCT ON (a.member_id) a.member_id, a.kind
             FROM attendance_events a JOIN polls p ON p.id = $1 AND p.assembly_id = a.assembly_id
             WHERE p.closed_at IS NULL OR a.at <= p.closed_at
             ORDER BY a.member_id, a.at DESC, a.sequence DESC) last
       JOIN electors e ON e.poll_id = $1 AND e.member_id = last.member_id
       WHERE last.kind = 'in')
     SELECT coalesce(sum(e.weight) FILTER (WHERE b.choice = 'for'), 0)::int AS "for",
       coalesce(sum(e.weight) FILTER (WHERE b.choice = 'against'), 0)::int AS against,
       coalesce(sum(e.weight) FILTER (WHERE b.choice = 'blank'), 0)::int AS blank,
       coalesce(sum(e.weight) FILTER (WHERE num_nonnulls(b.choice, own.member_id, holder.member_id) > 0), 0)::int AS present,
       coalesce(sum(e.weight), 0)::int AS electorate
     FROM electors e
     LEFT JOIN ballots b ON b.poll_id = $1 AND b.member_id = e.member_id
     LEFT JOIN there own ON own.member_id = e.member_id
     LEFT JOIN there holder ON holder.member_id = e.holder_id
     WHERE e.poll_id = $1`,
    [pollId],
  )
  await tx.query('SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT')
  const { present, electorate, ...votes } = counted
  return { tally: { ...votes, invalid: 0 }, present, electorate }
}

/** Everyone who may cast in a poll, once each. */
export async function readCasterIds(tx: Tx, pollId: string): Promise<string[]> {
  const [found] = await tx.query(
    `SELECT coalesce(array_agg(DISTINCT caster), '{}') AS ids
     FROM electors e CROSS JOIN unnest(e.caster_ids) AS caster WHERE e.poll_id = $1`,
    [pollId],
  )
  return found.ids
}
