import { clockTime, fullDay, type Language, type Messages } from '#platform'
import { writeCalendar } from '../rules/calendar.js'
import type { ConvenedItem, ConvocationContent } from '../rules/convocation-content.js'
import type { Convocation } from '../store/convocation.store.js'

/** Where an assembly is: the place, the address online, or both. */
export function whereOf({
  place,
  onlineAddress,
}: Pick<ConvocationContent, 'place' | 'onlineAddress'>): string {
  return [place, onlineAddress].filter(Boolean).join(', ')
}

/** When and where, and of which kind: the facts on a paper. */
export function factsOf(messages: Messages, content: ConvocationContent, lang: Language) {
  const label = (key: string) => messages.text(lang, `assemblies.assembly.${key}`)
  const startsAt = clockTime(lang, new Date(content.startsAt))
  return [
    { label: label('when'), value: `${fullDay(lang, content.heldOn)}, ${startsAt}` },
    { label: label('place'), value: whereOf(content) },
    { label: label('kind'), value: messages.text(lang, `assemblies.kind.${content.assemblyKind}`) },
    ...advanceFact(messages, content, lang),
  ]
}

/** The condition for voting in advance, as the convocation has to state it (BW 2:38). */
function advanceFact(messages: Messages, { advance }: ConvocationContent, lang: Language) {
  if (!advance) return []
  const { from, article } = advance
  const value = messages.text(lang, 'assemblies.advance.convened', { day: fullDay(lang, from), article })
  return [{ label: messages.text(lang, 'assemblies.advance.title'), value }]
}

/** An item in a list; that a change of the statutes is proposed is said beside it (BW 2:42). */
export function itemLine(
  messages: Messages,
  { title, decisionType, added }: ConvenedItem,
  lang: Language,
): string {
  const text = (key: string) => messages.text(lang, `assemblies.print.${key}`)
  const notes = [
    ...(decisionType === 'statuteChange' ? [text('statuteChange')] : []),
    ...(added ? [text('new')] : []),
  ]
  return notes.length > 0 ? `${title} (${notes.join(', ')})` : title
}

/** The appointment as a calendar takes it; a later convocation of the same assembly replaces it. */
export function calendarOf(convocation: Convocation, baseUrl: string): string {
  const { assemblyId, content, kind, sequence, convenedAt } = convocation
  const url = `${baseUrl}/alv/${assemblyId}`
  return writeCalendar({
    uid: `alv-${assemblyId}@${new URL(baseUrl).hostname}`,
    sequence,
    cancelled: kind === 'cancellation',
    stampedAt: convenedAt,
    startsAt: new Date(content.startsAt),
    endsAt: new Date(content.endsAt),
    summary: content.title,
    description: [...content.items.map(({ number, title }) => `${number}. ${title}`), url].join('\n'),
    location: whereOf(content),
    url,
  })
}
