import { type Language, longDay, type Messages } from '#platform'
import type { KnownCase } from './interventions.service.js'

/** The texts of this library about a case in one language; `{party}` is the counterparty. */
export function wordsOf(messages: Messages, lang: Language, agreement: KnownCase['agreement']) {
  const values = { party: agreement.counterparty.name, area: agreement.areaName }
  return (key: string, more: object = {}) =>
    messages.text(lang, `interventions.${key}`, { ...values, ...more })
}
export type Words = ReturnType<typeof wordsOf>

/** "Uiterlijk 15 februari 2020.": until when it is whose turn it is; empty when the case has ended. */
export function deadlineOf(words: Words, lang: Language, { state, dueOn }: KnownCase['now']): string {
  if (!dueOn || state === 'conversationPlanned') return ''
  return words(state === 'onAgenda' ? 'case.assembly' : 'case.by', { day: longDay(lang, dueOn) })
}

/** "Het gesprek is op 10 december 2019 om 14:00.": the conversation that is still to come; empty when there is none. */
export function meetingOf(words: Words, lang: Language, { now, events }: KnownCase): string {
  const last = events.findLast(({ act }) => act === 'planConversation')
  const current = now.state === 'conversationPlanned' || now.state === 'mediating'
  if (!last?.meetsOn || !current || last.on < now.since) return ''
  return words('case.meeting', { day: longDay(lang, last.meetsOn), clock: last.meetsAt ?? '' })
}
