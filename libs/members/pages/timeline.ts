import type { Language } from '#platform'
import { longDay, moment } from '#platform'
import type { MemberHistory } from '../reading.service.js'
import { changedFields, type DetailField, detailsOn, type MemberDetails } from '../rules/details.js'
import type { MembershipEvent } from '../rules/membership.js'
import { heldDetails, type RecordedRow, type Recording } from '../store/facts.store.js'
import { type BuurtNames, changesOf, listed } from './particulars.js'
import { type Text } from './words.js'

type WordedRow = Recording & { words: string; changes?: readonly string[] }

interface TimelineItem {
  when: string
  at: string
  heading: string
  text: string
  tone?: string | undefined
}

/** Every fact and correction in words, what was recorded last on top: what, who, when, why, instead of what. */
export function timelineOf(
  { events, details, names, erased }: MemberHistory,
  buurten: BuurtNames,
  text: Text,
  lang: Language,
) {
  const rows: WordedRow[] = [
    ...details.map((row, at) => ({
      ...row,
      ...detailsInWords(row, details.slice(0, at), buurten, text, lang),
    })),
    ...events.map((row) => ({ ...row, words: eventInWords(row.fact, text, lang) })),
  ]
  const byId = new Map(rows.map((row) => [row.id, row]))
  const corrected = new Set(rows.map(({ corrects }) => corrects))
  const told: TimelineItem[] = rows
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
    .reverse()
    .map((row) => {
      const wrong = row.corrects === null ? undefined : byId.get(row.corrects)
      const who = row.recordedBy === null ? undefined : names.get(row.recordedBy)?.name
      const sentences = [
        text(who ? 'fact.by' : 'fact.bySystem', { who }),
        ...(row.changes ?? []),
        wrong && !row.void && text('fact.insteadOf', { wrong: wrong.words }),
        row.reason && text('fact.reason', { reason: row.reason }),
        corrected.has(row.id) && text('fact.overtaken'),
      ]
      return {
        when: moment(lang, row.recordedAt),
        at: row.recordedAt.toISOString(),
        heading: headingOf(row, text),
        text: sentences.filter(Boolean).join(' '),
        tone: row.corrects === null ? undefined : 'warn',
      }
    })
  return erased ? withErasure(told, erased, names, text, lang) : told
}

/** That the people were erased stands between the facts, by its moment. */
function withErasure(
  told: readonly TimelineItem[],
  { at, by }: NonNullable<MemberHistory['erased']>,
  names: MemberHistory['names'],
  text: Text,
  lang: Language,
): TimelineItem[] {
  const who = by === null ? undefined : names.get(by)?.name
  const item = {
    when: moment(lang, at),
    at: at.toISOString(),
    heading: text('fact.erased'),
    text: text(who ? 'fact.by' : 'fact.bySystem', { who }),
  }
  const later = told.filter((one) => one.at > item.at)
  return [...later, item, ...told.slice(later.length)]
}

function headingOf({ corrects, void: withdraws, words }: WordedRow, text: Text): string {
  if (corrects === null) return words
  return text(withdraws ? 'fact.withdrawn' : 'fact.corrected', { words })
}

function eventInWords(event: MembershipEvent, text: Text, lang: Language): string {
  const kind = 'kind' in event ? event.kind : undefined
  return text(`fact.${event.type}`, { day: longDay(lang, event.on), kind })
}

/** The first details and another name are told as the name, everything else as what changed. */
function detailsInWords(
  row: RecordedRow<MemberDetails>,
  earlier: readonly RecordedRow<MemberDetails>[],
  buurten: BuurtNames,
  text: Text,
  lang: Language,
) {
  const { on, name, founder, note } = row.fact
  const wrong = earlier.find(({ id }) => id === row.corrects)?.fact
  const before = wrong ?? detailsOn(on, heldDetails(earlier))
  const changes = changesOf(row, before, text, buurten)
  const day = longDay(lang, on)
  const named = text('fact.named', { day, name, founder: founder ? 'yes' : 'no' })
  const isNamed = !before || changedFields(before, row.fact).some((field) => NAMING.includes(field))
  const labels = changes.map(({ label }) => label.toLocaleLowerCase(lang))
  return {
    words:
      isNamed || changes.length === 0
        ? [named, note && `(${note})`].filter(Boolean).join(' ')
        : text('fact.described', { day, what: listed(labels, lang) }),
    changes: changes.map((change) => text('fact.changed', change)),
  }
}

const NAMING: readonly DetailField[] = ['name', 'founder', 'note']
