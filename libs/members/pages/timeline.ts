import type { Language } from '#platform'
import type { MemberHistory } from '../reading.service.js'
import type { MembershipEvent } from '../rules/membership.js'
import type { MemberDetails } from '../rules/periods.js'
import type { Recording } from '../store/facts.store.js'
import { dayInWords, momentInWords, type Text } from './words.js'

type WordedRow = Recording & { words: string }

/** Every fact and correction in words, what was recorded last on top: what, who, when, why, instead of what. */
export function timelineOf({ events, details, names }: MemberHistory, text: Text, lang: Language) {
  const rows: WordedRow[] = [
    ...details.map((row) => ({ ...row, words: detailsInWords(row.fact, text, lang) })),
    ...events.map((row) => ({ ...row, words: eventInWords(row.fact, text, lang) })),
  ]
  const byId = new Map(rows.map((row) => [row.id, row]))
  const corrected = new Set(rows.map(({ corrects }) => corrects))
  return rows
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
    .reverse()
    .map((row) => {
      const wrong = row.corrects === null ? undefined : byId.get(row.corrects)
      const who = row.recordedBy === null ? undefined : names.get(row.recordedBy)?.name
      const sentences = [
        text(who ? 'fact.by' : 'fact.bySystem', { who }),
        wrong && !row.void && text('fact.insteadOf', { wrong: wrong.words }),
        row.reason && text('fact.reason', { reason: row.reason }),
        corrected.has(row.id) && text('fact.overtaken'),
      ]
      return {
        when: momentInWords(row.recordedAt, lang),
        at: row.recordedAt.toISOString(),
        heading: headingOf(row, text),
        text: sentences.filter(Boolean).join(' '),
        tone: row.corrects === null ? undefined : 'warn',
      }
    })
}

function headingOf({ corrects, void: withdraws, words }: WordedRow, text: Text): string {
  if (corrects === null) return words
  return text(withdraws ? 'fact.withdrawn' : 'fact.corrected', { words })
}

function eventInWords(event: MembershipEvent, text: Text, lang: Language): string {
  const kind = 'kind' in event ? event.kind : undefined
  return text(`fact.${event.type}`, { day: dayInWords(event.on, lang), kind })
}

function detailsInWords({ on, name, founder, note }: MemberDetails, text: Text, lang: Language): string {
  const known = text('fact.named', { day: dayInWords(on, lang), name, founder: founder ? 'yes' : 'no' })
  return note === null ? known : `${known} (${note})`
}
