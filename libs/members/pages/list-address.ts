import { type Day, isDay } from '#kernel'
import type { MemberStatus } from '../rules/membership.js'
import { type ListOrder, type ListSelection, listOrders } from '../store/list.store.js'

/** What the address of the list says, as typed; every part may be absent. */
export type ListAddress = Partial<
  Record<'per' | 'bekend' | 'q' | 'wijk' | 'soort' | 'status' | 'volgorde' | 'pagina', string>
>

/** A wijk with the numbers of its buurten. */
export interface Wijk {
  number: number
  name: string
  neighbourhoods: readonly number[]
}

const KINDS = { stemlid: 'voting', steunlid: 'supporting' } as const
/** `lid`, which is also what is shown without a choice, holds suspended members too: they still belong. */
const STATUSES: Record<string, readonly MemberStatus[]> = {
  lid: ['member', 'suspended'],
  geschorst: ['suspended'],
  'oud-lid': ['former'],
  alle: ['member', 'suspended', 'former'],
}
export const kindChoices = Object.keys(KINDS)
export const statusChoices = Object.keys(STATUSES)

/** The day in an address when it is one that a register can have, else null. */
export function dayIn(typed: unknown): Day | null {
  return isDay(typed) && typed >= '1900-01-01' && typed < '3000-01-01' ? typed : null
}

/** Takes the parts of an address that are texts: a part that is there twice is a list, and is left out. */
export function addressOf(query: Record<string, unknown>): ListAddress {
  const parts = ['per', 'bekend', 'q', 'wijk', 'soort', 'status', 'volgorde', 'pagina'] as const
  const given = parts.filter((part) => typeof query[part] === 'string' && query[part] !== '')
  return Object.fromEntries(given.map((part) => [part, query[part]]))
}

/** What to show for an address. What it does not understand counts as absent. */
export function selectionOf(
  { q = '', wijk = '', soort, status, volgorde = '', pagina = '' }: ListAddress,
  wijken: readonly Wijk[],
): ListSelection {
  const order = listOrders.find((known) => known === volgorde.replace(/^-/, '')) ?? 'naam'
  return {
    typed: q.replaceAll('\0', ''),
    statuses: STATUSES[statusIn(status)]!,
    kind: soort && Object.hasOwn(KINDS, soort) ? KINDS[soort as keyof typeof KINDS] : null,
    neighbourhoods: wijken.find(({ number }) => String(number) === wijk)?.neighbourhoods ?? null,
    order,
    descending: volgorde.startsWith('-'),
    page: /^[1-9]\d{0,5}$/.test(pagina) ? Number(pagina) : 1,
  }
}

export function statusIn(status: string | undefined): string {
  return status && Object.hasOwn(STATUSES, status) ? status : 'lid'
}

/** The address of the list with some parts changed; without an empty part. Another order starts at page 1. */
export function listHref(address: ListAddress, changes: ListAddress): string {
  const parts = Object.entries({ ...address, pagina: undefined, ...changes })
  const query = new URLSearchParams(parts.filter((part): part is [string, string] => Boolean(part[1])))
  return query.size > 0 ? `/leden?${query}` : '/leden'
}

/** Where a head of the table leads: orders by its column, or turns the order round. */
export function orderHref(address: ListAddress, { order, descending }: ListSelection, by: ListOrder): string {
  return listHref(address, { volgorde: by === order && !descending ? `-${by}` : by })
}
