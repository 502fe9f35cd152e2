import { dayOf } from '#kernel'
import { type Language, shortDay, timeOfDay } from '#platform'
import type { CurrentField } from '../drafting.service.js'
import { fieldOf } from '../rules/draft.js'
import { NARRATIVE_WORDS, RISK_WORDS } from '../rules/report-template.js'
import { countWords } from '../rules/words.js'
import type { Text } from './report-words.js'

/** The most words of a field; null for what is no text. */
function wordLimit(field: string): number | null {
  if (field.startsWith('narrative.')) return NARRATIVE_WORDS
  if (field === fieldOf.risks) return RISK_WORDS
  return null
}

/** "12 van 500 woorden"; empty for what has no limit to count by. */
export function wordsSaid(text: Text, field: string, value: string): string {
  const limit = wordLimit(field)
  return limit === null ? '' : text('fillIn.words', { counted: countWords(value), limit })
}

/** Who last changed a field, and when: "Coördinator, 14:02"; or that nobody did and it was filled in beforehand. */
export function changeSaid(
  text: Text,
  lang: Language,
  { revision, text: value, by, at }: CurrentField,
  viewer: { personId: string; today: string },
  from: string,
): string {
  if (revision === 0 || !by || !at) return value ? text('fillIn.prefilled', { from }) : ''
  const name = by.id === viewer.personId ? text('fillIn.you') : by.name
  const time = timeOfDay(lang, at)
  const when = dayOf(at) === viewer.today ? time : `${shortDay(lang, dayOf(at))}, ${time}`
  return text('fillIn.changed', { name, when })
}
