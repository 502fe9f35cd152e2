import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MemberOnDay } from '../member-on-day.js'
import { foldedName } from '../rules/name-search.js'
import { changedPeriods, type MemberPeriod, periodsOf } from '../rules/periods.js'
import { standing } from '../rules/standing.js'
import { heldDetails, historyOf, readFacts } from './facts.store.js'

/** What the register knew at `$2` of the day `$1`; `infinity` is all that is known now. */
export const REGISTER_AS_OF = `member_periods WHERE holds @> $1::date AND known @> $2::timestamptz`

/** The columns of `MemberOnDay`. A voting member that is not suspended may vote (BW 2:38 lid 1). */
export const MEMBER_ON_DAY = `member_id AS id, number, name, kind, status,
  status = 'member' AND kind IS NOT DISTINCT FROM 'voting' AS "mayVote", founder, since, note, neighbourhoods`

/** The register on a day in one indexed read. @param memberId only this member, when given */
export async function readRegister(
  tx: Tx,
  day: Day,
  knownAt: Date | null,
  memberId?: string,
): Promise<MemberOnDay[]> {
  const known = knownAt ?? 'infinity'
  if (memberId === undefined)
    return tx.query(`SELECT ${MEMBER_ON_DAY} FROM ${REGISTER_AS_OF} ORDER BY number`, [day, known])
  return tx.query(`SELECT ${MEMBER_ON_DAY} FROM ${REGISTER_AS_OF} AND member_id = $3`, [day, known, memberId])
}

/** Whoever writes shares this lock; who needs the whole register to stand still takes it alone. */
const REGISTER_LOCK = 730_040
/** Each lock takes a place in the server's memory, so that thousands of members are locked as one register. */
const LOCKED_ONE_BY_ONE = 500

/** From here to the end of the transaction nobody else writes in the register. */
export async function lockRegister(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [REGISTER_LOCK])
}

/**
 * Whoever writes of these members waits here for the other. @returns when the last of their facts was recorded,
 * or null: what comes now may not be recorded earlier, else the past would know of it.
 */
export async function lockMembers(tx: Tx, memberIds: readonly string[]): Promise<Date | null> {
  if (memberIds.length > LOCKED_ONE_BY_ONE) await lockRegister(tx)
  else {
    await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [REGISTER_LOCK])
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtextextended(id, 2)) FROM unnest($1::text[]) id ORDER BY id`,
      [memberIds],
    )
  }
  const [row]: { last: Date | null }[] = await tx.query(
    `SELECT greatest((SELECT max(recorded_at) FROM member_events WHERE member_id = ANY($1::uuid[])),
                     (SELECT max(recorded_at) FROM member_details WHERE member_id = ANY($1::uuid[]))) AS last`,
    [memberIds],
  )
  return row!.last
}

/**
 * Works the periods of these members out again from their facts, after one was added at `recordedAt`: what no
 * longer holds was known until then. A repeat changes nothing. Call it under `lockMembers`.
 * @throws RuleViolated `member.nameNeeded`
 */
export async function writePeriods(tx: Tx, memberIds: readonly string[], recordedAt: Date): Promise<void> {
  const facts = await readFacts(tx, memberIds)
  const known = await readKnownPeriods(tx, memberIds)
  const closed: string[] = []
  const opened: (MemberPeriod & { memberId: string; foldedName: string })[] = []
  for (const [memberId, { events, details }] of facts) {
    const now = periodsOf(standing(historyOf(events)), heldDetails(details))
    const changed = changedPeriods(known.get(memberId) ?? [], now)
    closed.push(...changed.closed.map(({ sequence }) => sequence))
    opened.push(
      ...changed.opened.map((period) => ({ ...period, memberId, foldedName: foldedName(period.name) })),
    )
  }
  await tx.query(
    `UPDATE member_periods SET known = tstzrange(lower(known), $2) WHERE sequence = ANY($1::bigint[])`,
    [closed, recordedAt],
  )
  await tx.query(
    `INSERT INTO member_periods
       (member_id, number, name, folded_name, founder, note, status, kind, since, details_id, neighbourhoods, holds,
        known)
     SELECT p."memberId", m.number, p.name, p."foldedName", p.founder, p.note, p.status, p.kind, p.since,
       p."detailsId", ARRAY(SELECT jsonb_array_elements_text(p.neighbourhoods)::smallint),
       daterange(p."from", p.until), tstzrange($2, NULL)
     FROM jsonb_to_recordset($1::jsonb) AS p("memberId" uuid, name text, "foldedName" text, founder boolean,
       note text, status text, kind text, since date, "detailsId" uuid, neighbourhoods jsonb, "from" date,
       until date)
     JOIN members m ON m.id = p."memberId"`,
    [JSON.stringify(opened), recordedAt],
  )
}

type KnownPeriod = MemberPeriod & { sequence: string; memberId: string }

async function readKnownPeriods(tx: Tx, memberIds: readonly string[]): Promise<Map<string, KnownPeriod[]>> {
  const rows: KnownPeriod[] = await tx.query(
    `SELECT sequence::text, member_id AS "memberId", lower(holds) AS "from", upper(holds) AS until,
       status, kind, since, name, founder, note, neighbourhoods, details_id AS "detailsId"
     FROM member_periods WHERE member_id = ANY($1::uuid[]) AND upper_inf(known)`,
    [memberIds],
  )
  const found = new Map<string, KnownPeriod[]>(memberIds.map((id) => [id, []]))
  for (const row of rows) found.get(row.memberId)!.push(row)
  return found
}
