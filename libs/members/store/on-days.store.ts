import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MemberDetails } from '../rules/details.js'
import type { MemberKind, MemberStatus } from '../rules/membership.js'
import { DETAILS } from './facts.store.js'

/** A member and the day of which is asked. */
export interface MemberAndDay {
  memberId: string
  day: Day
}

/** What the register says of a member on a day, with all details, by all that is known now. */
export interface StandingOnDay extends MemberAndDay {
  status: Exclude<MemberStatus, 'none'>
  kind: MemberKind | null
  since: Day | null
  details: MemberDetails
  /** The first later day from which other details stand, or null. */
  laterDetailsFrom: Day | null
}

/** Each member on a day of its own, in one read; who was not in the register on that day is left out. */
export async function readOnDays(tx: Tx, asked: readonly MemberAndDay[]): Promise<StandingOnDay[]> {
  const rows: (Omit<StandingOnDay, 'details'> & MemberDetails)[] = await tx.query(
    `SELECT asked.member_id AS "memberId", asked.day, p.status, p.kind, p.since, d.*,
       (SELECT min(l.holds_from) FROM member_details l
        WHERE l.member_id = asked.member_id AND l.holds_from > asked.day AND NOT l.void
          AND NOT EXISTS (SELECT 1 FROM member_details c WHERE c.corrects = l.id)) AS "laterDetailsFrom"
     FROM unnest($1::uuid[], $2::date[]) AS asked(member_id, day)
     JOIN member_periods p ON p.member_id = asked.member_id AND p.holds @> asked.day AND upper_inf(p.known)
     JOIN LATERAL (SELECT ${DETAILS} FROM member_details WHERE id = p.details_id) d ON true`,
    [asked.map(({ memberId }) => memberId), asked.map(({ day }) => day)],
  )
  return rows.map(({ memberId, day, status, kind, since, laterDetailsFrom, ...details }) => ({
    ...{ memberId, day, status, kind, since, laterDetailsFrom },
    details,
  }))
}
