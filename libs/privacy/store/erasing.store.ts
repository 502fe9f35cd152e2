import type { Cents, Day } from '#kernel'
import type { Role, Tx } from '#platform'
import { MemberErasureRow } from './entities.js'

// Privacy looks at all tables: that is its work. What each of them holds of people stands in docs/privacy.md.

/** Someone who acts or acted for a member; `keptFor` are the other roles for which the person stays known. */
export interface InvolvedPerson {
  personId: string
  name: string
  email: string
  keptFor: Role[]
}

/** Whoever erases or changes this member's register waits here for the other, until the transaction ends. */
export async function lockMember(tx: Tx, memberId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [memberId])
}

/** The people of a member, by name. */
export function readInvolved(tx: Tx, memberId: string, day: Day): Promise<InvolvedPerson[]> {
  return tx.query(
    `SELECT i.person_id AS "personId", p.name, p.email, i.kept_for AS "keptFor"
     FROM people_of_member($1, $2) i JOIN people p ON p.id = i.person_id ORDER BY p.name, p.id`,
    [memberId, day],
  )
}

/** What ties a member that left to the cooperative, besides its guarantee and its cases. */
export interface Ties {
  /** The first day after the last on which it was a member or suspended. */
  formerSince: Day | null
  payableCents: Cents
  lastBookedOn: Day | null
}

/** `BSch…` are the accounts of what the cooperative owes. */
export async function readTies(tx: Tx, memberId: string): Promise<Ties> {
  const [row]: { formerSince: Day | null; payable: string; lastBookedOn: Day | null }[] = await tx.query(
    `SELECT
       (SELECT max(coalesce(upper(holds), 'infinity'::date)) FROM member_periods
        WHERE member_id = $1 AND upper_inf(known) AND status <> 'former' HAVING bool_and(NOT upper_inf(holds))) AS "formerSince",
       (SELECT coalesce(-sum(cents), 0)::text FROM postings WHERE member_id = $1 AND account LIKE 'BSch%') AS payable,
       (SELECT max(on_day) FROM (
          SELECT on_day FROM guarantee_movements WHERE member_id = $1
          UNION ALL SELECT e.on_day FROM postings p JOIN journal_entries e ON e.id = p.entry_id
            WHERE p.member_id = $1) booked) AS "lastBookedOn"`,
    [memberId],
  )
  const { formerSince, payable, lastBookedOn } = row!
  return { formerSince, payableCents: BigInt(payable), lastBookedOn }
}

export function findErasure(tx: Tx, memberId: string): Promise<MemberErasureRow | null> {
  return tx.getRepository(MemberErasureRow).findOneBy({ memberId })
}

/** Erases the people of a former member, and where asked the organisation itself. @returns who and which texts went */
export async function erasePersons(
  tx: Tx,
  erasure: { memberId: string; today: Day; withOrganisation: boolean; by: string; at: Date },
): Promise<{ personIds: string[]; texts: string[] }> {
  const { memberId, today, withOrganisation, by, at } = erasure
  const [row]: { people: string[]; texts: string[] }[] = await tx.query(
    'SELECT people, texts FROM erase_member_persons($1, $2, $3, $4, $5)',
    [memberId, today, withOrganisation, by, at],
  )
  return { personIds: row!.people, texts: row!.texts }
}

/** How much went of what was past its time. */
export interface LetGoNow {
  sessions: number
  signIns: number
  notices: number
}

/** A repeat finds nothing to do. @param at the cooperative's clock, for notices */
export async function erasePastRetention(tx: Tx, at: Date): Promise<LetGoNow> {
  const [row]: LetGoNow[] = await tx.query(
    'SELECT sessions, sign_ins AS "signIns", notices FROM erase_past_retention($1)',
    [at],
  )
  return row!
}
