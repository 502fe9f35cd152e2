import type { MemberOnDay } from '#members'
import { clockTime, type Language, type Messages } from '#platform'
import type { HallNow } from '../hall/hall.service.js'
import type { AssemblyRow } from '../store/entities.js'
import type { GuestRow } from '../store/hall.entities.js'
import type { LoggedAttendance } from '../store/hall.store.js'
import { type Text, textsOf } from './page-text.js'

/** How many members and lines of the log are shown; other members are found by name. */
const MOST = 100

export interface HallPageSources {
  hall: HallNow
  /** Everyone in the register on the day, by number. */
  members: MemberOnDay[]
  guests: GuestRow[]
  recorders: Map<string, { name: string }>
  messages: Messages
}

/** What narrows the list: part of a name or a number, and who is there or not. */
export interface HallFilter {
  search: string
  state: string
}

/** The model of `/alv/:id/aanwezigen`. */
export function hallPage(
  { hall, members, guests, recorders, messages }: HallPageSources,
  assembly: AssemblyRow,
  filter: HallFilter,
  options: { mayRecord: boolean; lang: Language },
) {
  const { lang, mayRecord } = options
  const text = textsOf(messages, lang)
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const lastOf = new Map(hall.log.map((event) => [event.memberId, event]))
  const found = members
    .map((member) => line(text, hall, lastOf.get(member.id), member, names, lang))
    .filter(({ name, number, isPresent }) => matches(filter, name, number, isPresent))
  return {
    title: text('hall.title'),
    assembly,
    mayRecord,
    ...filter,
    states: ['aanwezig', 'afwezig'].map((value) => ({ value, label: text(`hall.filter.${value}`) })),
    isNarrowed: filter.search !== '' || filter.state !== '',
    rows: found.slice(0, MOST),
    count: found.length,
    tooMany: found.length > MOST,
    guests: guests.map(({ id, name, cameAt, leftAt }) => ({
      ...{ id, name, leftAt },
      times: leftAt
        ? text('hall.fromTo', { from: clockTime(lang, cameAt), to: clockTime(lang, leftAt) })
        : text('hall.since', { time: clockTime(lang, cameAt) }),
    })),
    logSummary: text(`hall.logSummary${hall.log.length > MOST ? 'More' : ''}`, {
      count: hall.log.length,
      shown: MOST,
    }),
    log: hall.log
      .slice(-MOST)
      .toReversed()
      .map((event) => logLine(text, event, names, recorders, lang)),
  }
}

function logLine(
  text: Text,
  { memberId, kind, at, bySecretary, recordedBy }: LoggedAttendance,
  names: Map<string, string>,
  recorders: Map<string, { name: string }>,
  lang: Language,
) {
  return {
    at: at.toISOString(),
    when: clockTime(lang, at),
    text: text(`hall.log.${kind}${bySecretary ? 'BySecretary' : ''}`, {
      member: names.get(memberId) ?? '',
      person: recorders.get(recordedBy)?.name ?? '',
    }),
  }
}

/** "Aanwezig of vertegenwoordigd: 34 van 51 (nodig 26)." */
export function quorumSentence(
  { quorum }: Pick<HallNow, 'quorum'>,
  messages: Messages,
  lang: Language,
): string {
  const { present, represented, electorate, needed, reached } = quorum
  const state = needed === null ? 'noQuorum' : reached ? 'reached' : 'missed'
  const values = { there: present + represented, electorate, needed: needed ?? 0 }
  return textsOf(messages, lang)(`hall.quorum.${state}`, values)
}

/** What changes on the list at the door while members come and go. */
export function hallFigures(hall: Pick<HallNow, 'quorum'>, messages: Messages, lang: Language) {
  const text = textsOf(messages, lang)
  const { present, represented, needed } = hall.quorum
  const figures = { present, represented, ...(needed !== null && { needed }) }
  return {
    quorum: quorumSentence(hall, messages, lang),
    figures: Object.entries(figures).map(([key, votes]) => ({
      value: String(votes),
      label: text(`hall.${key}`),
    })),
  }
}

function line(
  text: Text,
  hall: HallNow,
  last: LoggedAttendance | undefined,
  { id, number, name, mayVote, kind }: MemberOnDay,
  names: Map<string, string>,
  lang: Language,
) {
  const isPresent = hall.present.has(id)
  const holder = hall.inForce.get(id)?.holderId
  return {
    ...{ id, number, name, isPresent },
    note: mayVote
      ? holder && text('hall.representedBy', { holder: names.get(holder) ?? '' })
      : text(kind === 'supporting' ? 'hall.supporting' : 'hall.suspended'),
    state: isPresent
      ? text('hall.presentSince', { time: clockTime(lang, last!.at) })
      : holder
        ? text('hall.isRepresented')
        : text(last ? 'hall.left' : 'hall.absent', { time: last ? clockTime(lang, last.at) : '' }),
    tone: isPresent ? 'good' : 'neutral',
  }
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function matches({ search, state }: HallFilter, name: string, number: number, isPresent: boolean): boolean {
  if (state !== '' && isPresent !== (state === 'aanwezig')) return false
  return folded(search)
    .split(/\s+/)
    .every((word) => folded(name).includes(word) || String(number) === word)
}
