import { clockTime, type Language } from '#platform'
import type { AssemblyReading } from '../reading.service.js'
import type { PollInContext } from '../store/poll.store.js'
import { minutesOptions } from './minutes-options.js'
import type { Text } from './page-text.js'

/** The announced end of an open poll for everyone, and for the chair the ways to move it or to void the poll. */
export function pollEndView(
  text: Text,
  poll: PollInContext,
  { isChair, reading }: { isChair: boolean; reading: AssemblyReading },
  lang: Language,
) {
  const remaining = reading.untilEnd(poll)
  const base = `/stemmingen/${poll.id}`
  return {
    countdown: remaining !== null && {
      milliseconds: String(Math.max(0, remaining)),
      sentence: text('pollEnd.closesAt', { time: clockTime(lang, poll.closesAt!) }),
    },
    extend: isChair &&
      !poll.closedAt && {
        action: `${base}/verlenging`,
        seen: poll.closesAt?.toISOString() ?? '',
        label: text(poll.closesAt ? 'pollEnd.extendBy' : 'pollEnd.announce'),
        verb: text(poll.closesAt ? 'pollEnd.extend' : 'pollEnd.announceVerb'),
        options: minutesOptions(text, poll.closesAt !== null),
      },
    voidHref: isChair && `${base}/ongeldigverklaring`,
  }
}
