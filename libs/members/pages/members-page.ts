import type { Day } from '#kernel'
import type { Visitor } from '#platform'
import type { MemberOnDay } from '../member-on-day.js'
import type { ListedMembers, ListOrder, ListSelection } from '../store/list.store.js'
import {
  dayIn,
  kindChoices,
  type ListAddress,
  listHref,
  orderHref,
  statusChoices,
  statusIn,
  type Wijk,
} from './list-address.js'
import type { Text } from './words.js'

/** What the page of the list is made from. */
export interface MembersPageSources {
  text: Text
  address: ListAddress
  selection: ListSelection
  wijken: readonly Wijk[]
  listed: ListedMembers
  pages: number
  day: Day
  /** As known at the end of that day; null: by all that is known now. */
  knownOn: Day | null
  visitor: Visitor | null
}

/** The model of the list: the fields as they were filled in, the table of this page, and the way to the others. */
export function membersPage(sources: MembersPageSources) {
  const { text, address, selection, listed, day, knownOn } = sources
  const { found, voting, supporting } = listed
  return {
    title: text('title'),
    day,
    voting,
    supporting,
    found,
    isEmpty: found === 0 && voting + supporting === 0,
    isNarrowed: [address.q, address.wijk, address.soort, address.status].some((part) => part !== undefined),
    ...fields(sources),
    columns: columns(text, address, selection),
    rows: listed.members.map((member) => row(sources, member)),
    knownNow: knownOn && { day: knownOn, url: listHref(address, { bekend: undefined }) },
    links: links(sources),
    ...pageLinks(sources),
  }
}

/** The list as a file, and bringing one in for who keeps the register. */
function links({ text, address, visitor }: MembersPageSources) {
  const [, query = ''] = listHref(address, { pagina: undefined }).split('?')
  const file = (kind: string) => `/leden/export.${kind}${query && `?${query}`}`
  return [
    { href: file('xlsx'), label: text('links.export'), download: true },
    { href: file('csv'), label: text('links.exportCsv'), download: true },
    ...(visitor?.has('serviceTeam', 'director', 'admin')
      ? [{ href: '/leden/import', label: text('links.import') }]
      : []),
  ]
}

function fields({ text, address, selection, wijken, day, knownOn }: MembersPageSources) {
  const option = (group: string) => (value: string) => ({ value, label: text(`${group}.${value}`) })
  return {
    typedName: selection.typed,
    order: address.volgorde,
    wijkChosen: selection.neighbourhoods === null ? '' : address.wijk,
    wijkOptions: wijken.map(({ number, name }) => ({ value: String(number), label: name })),
    kindChosen: selection.kind === null ? '' : address.soort,
    kindOptions: kindChoices.map(option('kindChoice')),
    statusChosen: statusIn(address.status),
    statusOptions: statusChoices.map(option('statusChoice')),
    dayTyped: address.per ? day : '',
    knownTyped: knownOn ?? '',
    isOtherDay: address.per !== undefined || address.bekend !== undefined,
    wrongDay: address.per !== undefined && !dayIn(address.per),
    wrongKnownDay: address.bekend !== undefined && !dayIn(address.bekend),
  }
}

function columns(text: Text, address: ListAddress, selection: ListSelection) {
  const column = (label: string, by: ListOrder, kind: 'text' | 'number' | 'day') => ({
    label: text(label),
    kind,
    href: orderHref(address, selection, by),
    ...(selection.order === by && { sorted: selection.descending ? 'descending' : 'ascending' }),
  })
  return [
    column('name', 'naam', 'text'),
    column('number', 'nummer', 'number'),
    { label: text('wijk'), kind: 'text' },
    column('since', 'sinds', 'day'),
  ]
}

function row({ text, address: { per, bekend }, wijken }: MembersPageSources, member: MemberOnDay) {
  const days = new URLSearchParams({ ...(per && { per }), ...(bekend && { bekend }) })
  const notes = [
    member.kind && text(`inNote.${member.kind}`),
    member.founder && text('founder'),
    member.status !== 'member' && text(`status.${member.status}`),
  ]
  return [
    {
      value: member.name,
      href: `/leden/${member.number}${days.size > 0 ? `?${days}` : ''}`,
      note: notes.filter(Boolean).join(', '),
    },
    member.number,
    wijkenOf(member, wijken).join(', '),
    member.since,
  ]
}

/** The names of the wijken in which a member is rooted. */
export function wijkenOf(member: { neighbourhoods: readonly number[] }, wijken: readonly Wijk[]): string[] {
  return wijken
    .filter(({ neighbourhoods }) => neighbourhoods.some((number) => member.neighbourhoods.includes(number)))
    .map(({ name }) => name)
}

/** The first and the last page, this one and its neighbours; a gap for the rest. */
function pageLinks({ address, selection: { page: current }, pages }: MembersPageSources) {
  if (pages === 1) return {}
  const href = (page: number) => listHref(address, { pagina: page === 1 ? undefined : String(page) })
  const shown = [...new Set([1, current - 1, current, current + 1, pages])].filter(
    (page) => page >= 1 && page <= pages,
  )
  const links = shown.flatMap((page, at) => [
    ...(at > 0 && page > shown[at - 1]! + 1 ? [{ gap: true }] : []),
    { number: page, href: href(page), current: page === current },
  ])
  return {
    pages: links,
    previousHref: current > 1 ? href(current - 1) : undefined,
    nextHref: current < pages ? href(current + 1) : undefined,
  }
}
