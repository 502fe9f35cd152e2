import { clockTime, type Language, type Messages } from '#platform'
import type { OwnElector } from '../store/ballot.store.js'
import type { PollInContext } from '../store/poll.store.js'
import { textsOf } from './page-text.js'
import { preHeading } from './poll-page.js'

/** The page of a poll that was voided: why, by whom, and what the visitor had cast, which counts for nothing. */
export function voidedPollPage(
  messages: Messages,
  poll: PollInContext,
  { name, own }: { name: string; own: readonly OwnElector[] },
  lang: Language,
) {
  const text = textsOf(messages, lang)
  return {
    title: poll.title,
    poll,
    pre: preHeading(text, poll, lang),
    voidedBy: name,
    ownBallots: own.flatMap(({ memberName, ballot }) =>
      ballot
        ? [
            {
              label: memberName,
              value: text('voiding.ballot'),
              note: text('voiding.ballotCast', {
                time: clockTime(lang, ballot.castAt),
                reference: ballot.reference,
              }),
            },
          ]
        : [],
    ),
    links: [
      { href: `/alv/${poll.assemblyId}/zaal`, label: text('room.toRoom') },
      { href: `/alv/${poll.assemblyId}`, label: text('poll.toAssembly') },
    ],
  }
}
