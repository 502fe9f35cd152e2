import { type Language, longDay, type Visitor } from '#platform'
import type { SecondStanding } from '../convocation/second-assemblies.service.js'
import type { PollInContext } from '../store/poll.store.js'
import type { Text } from './page-text.js'

/** After a failed quorum: the way to the second assembly, or for officers the way to call it; null when there is none. */
export function secondView(
  text: Text,
  poll: PollInContext,
  standing: SecondStanding | null,
  visitor: Visitor,
  lang: Language,
) {
  if (!standing?.rule) return null
  const why = text('second.why', { article: standing.rule.article, day: longDay(lang, standing.until!) })
  if (standing.motionId)
    return { text: why, href: `/voorstellen/${standing.motionId}`, label: text('second.toMotion') }
  if (standing.violations.length > 0 || !visitor.has('chair', 'secretary')) return null
  return { text: why, href: `/stemmingen/${poll.id}/tweede-vergadering`, label: text('second.link') }
}
