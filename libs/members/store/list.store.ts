import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MemberOnDay } from '../member-on-day.js'
import type { MemberKind, MemberStatus } from '../rules/membership.js'
import { namePatterns } from '../rules/name-search.js'
import { MEMBER_ON_DAY, REGISTER_AS_OF } from './periods.store.js'

/** How many members a page of the list has. */
export const PAGE_SIZE = 50

/** What the list can be ordered by; the names are those of the address. */
const COLUMNS = { naam: 'folded_name COLLATE "C"', nummer: 'number', sinds: 'since' } as const
export type ListOrder = keyof typeof COLUMNS
export const listOrders = Object.keys(COLUMNS) as ListOrder[]

/** Which members, in which order, and which page of them. */
export interface ListSelection {
  /** Words of the name, or the member's number. Empty: all. */
  typed: string
  statuses: readonly MemberStatus[]
  kind: MemberKind | null
  /** Rooted in one of these buurten; null: anywhere, or nowhere. */
  neighbourhoods: readonly number[] | null
  order: ListOrder
  descending: boolean
  /** From 1. Beyond the last there are no members. */
  page: number
}

/** A page of the list, how many were found, and how many members of each kind there are in all. */
export interface ListedMembers {
  members: MemberOnDay[]
  found: number
  voting: number
  supporting: number
}

/** One page of the register on a day, in one read. @param pageSize how many members it may have */
export async function readList(
  tx: Tx,
  day: Day,
  knownAt: Date | null,
  selection: ListSelection,
  pageSize = PAGE_SIZE,
): Promise<ListedMembers> {
  const { typed, statuses, kind, neighbourhoods, order, descending, page } = selection
  const [listed]: [ListedMembers] = await tx.query(
    `WITH register AS (SELECT ${MEMBER_ON_DAY}, folded_name FROM ${REGISTER_AS_OF}),
       chosen AS (
         SELECT * FROM register
         WHERE status = ANY($3::text[]) AND ($4::text IS NULL OR kind = $4)
           AND ($8::smallint[] IS NULL OR neighbourhoods && $8)
           AND (folded_name LIKE ALL($5::text[]) OR number::text = $6)),
       page AS (
         SELECT * FROM chosen
         ORDER BY ${COLUMNS[order]} ${descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST'}, number
         LIMIT $9 OFFSET $7)
     SELECT (SELECT coalesce(json_agg(page), '[]') FROM page) AS members,
       (SELECT count(*)::integer FROM chosen) AS found,
       count(*) FILTER (WHERE kind = 'voting' AND status <> 'former')::integer AS voting,
       count(*) FILTER (WHERE kind = 'supporting' AND status <> 'former')::integer AS supporting
     FROM register`,
    [
      ...[day, knownAt ?? 'infinity', statuses, kind, namePatterns(typed), typed.trim()],
      ...[(page - 1) * pageSize, neighbourhoods, pageSize],
    ],
  )
  return listed
}
