import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MembershipEvent } from '../rules/membership.js'

/** A member with the details that hold on a day and all facts up to it, in order of recording. */
export interface RegisteredMember {
  id: string
  number: number
  name: string
  founder: boolean
  note: string | null
  events: MembershipEvent[]
}

/**
 * The register up to a day: one row per member, in two indexed reads joined by the database.
 * @param memberId only this member, when given.
 */
export async function readRegister(
  tx: Tx,
  day: Day,
  memberId: string | null = null,
): Promise<RegisteredMember[]> {
  return tx.query(
    `SELECT m.id, m.number, d.name, d.founder, d.note, e.events
     FROM members m
     JOIN LATERAL (
       SELECT name, founder, note FROM member_details
       WHERE member_id = m.id
       ORDER BY (holds_from <= $1) DESC, CASE WHEN holds_from <= $1 THEN holds_from END DESC, holds_from, recorded_at DESC
       LIMIT 1
     ) d ON true
     JOIN LATERAL (
       SELECT json_agg(json_strip_nulls(json_build_object('on', on_day, 'type', type, 'kind', kind)) ORDER BY sequence) AS events
       FROM member_events WHERE member_id = m.id AND on_day <= $1
     ) e ON e.events IS NOT NULL
     WHERE $2::uuid IS NULL OR m.id = $2
     ORDER BY m.number`,
    [day, memberId],
  )
}
