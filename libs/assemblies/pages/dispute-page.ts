import { clockTime, type Language, type Visitor } from '#platform'
import type { Dispute } from '../polls/challenges.service.js'
import type { PollInContext } from '../store/poll.store.js'
import type { Text } from './page-text.js'

/** What the page of a result says of a dispute, and what the visitor can do; null when nothing is or was possible. */
export function disputeView(
  text: Text,
  dispute: Dispute,
  { id }: PollInContext,
  visitor: Visitor,
  lang: Language,
) {
  const { standing, challenge, isOpen, needed, own, revoteId } = dispute
  const demanding = challenge?.demanding ?? 0
  const base = `/stemmingen/${id}`
  const values = { until: clockTime(lang, dispute.until), needed, demanding }
  return {
    reason: challenge?.reason,
    state: challenge && text(`dispute.state.${challengeState(dispute)}`, values),
    tone: standing === 'inForce' ? 'neutral' : 'warn',
    disputeHref: isOpen && !challenge && own.waiting.length > 0 && `${base}/betwisting`,
    until: text('dispute.until', values),
    support: isOpen &&
      challenge &&
      own.waiting.length > 0 && {
        action: `${base}/steun`,
        label: text('dispute.support', { members: own.waiting.join(', ') }),
      },
    supported: own.supporting.length > 0 && text('dispute.supported', { members: own.supporting.join(', ') }),
    revote: standing === 'toRevote' && visitor.has('chair') && { action: `${base}/herstemming` },
    revoteHref: revoteId && `/stemmingen/${revoteId}`,
  }
}

function challengeState({ standing }: Dispute): string {
  return standing === 'inForce' ? 'lapsed' : standing
}
