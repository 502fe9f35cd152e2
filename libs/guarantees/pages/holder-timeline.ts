import { type Cents, type Day, dayOf, formatCents } from '#kernel'
import { type Language, longDay } from '#platform'
import { fold, type MovementType } from '../rules/movements.js'
import type { GuaranteeMovement } from '../store/guarantee-register.store.js'
import type { Text } from './guarantees-model.js'

const TONES: Partial<Record<MovementType, string>> = {
  ...{ accepted: 'good', increased: 'good', paidIn: 'good', callPaid: 'good', transferredIn: 'good' },
  ...{ offered: 'warn', called: 'warn', offerRefused: 'bad' },
}
const OFFERS: readonly MovementType[] = ['offered', 'accepted', 'increased', 'offerRefused', 'offerWithdrawn']
const END_OF_TIME = '9999-12-31'

/** What the timeline needs besides the movements. */
export interface TimelineWords {
  lang: Language
  text: Text
  today: Day
  /** The names of whoever recorded them, for who may see them. */
  names: ReadonlyMap<string, { name: string }>
  /** Whether the visitor may open the offers. */
  opensOffers: boolean
}

/**
 * The movements of one holder, the latest first; what still has to come into force stands on top.
 * @param all the movements of everyone, because a transfer is known at both sides
 */
export function holderTimeline(
  all: readonly GuaranteeMovement[],
  memberId: string,
  { lang, text, today, names, opensOffers }: TimelineWords,
) {
  const done = new Map(fold(all, END_OF_TIME).effects.map(({ movement, cents }) => [movement.id, cents]))
  return all
    .filter((movement) => movement.memberId === memberId)
    .toReversed()
    .map((movement) => {
      const { id, type, cents, onDay, document, refersTo } = movement
      const offer = type === 'offered' ? id : refersTo
      return {
        when: longDay(lang, onDay),
        at: onDay,
        heading: text('holder.line', { what: text(`types.${type}`), amount: formatCents(cents) }),
        text: [
          onDay > today ? text('holder.later', { day: longDay(lang, onDay) }) : '',
          cutText(text, type, cents, done.get(id) ?? cents),
          text('holder.document', { document }),
          recordedText(movement, { lang, text, names }),
          movement.reason ? text('holder.reason', { reason: movement.reason }) : '',
        ]
          .filter(Boolean)
          .join(' '),
        tone: TONES[type],
        ...(opensOffers && offer && OFFERS.includes(type)
          ? { href: `/garanties/toezeggingen/${offer}`, linkLabel: text('holder.openOffer') }
          : {}),
      }
    })
}

/** A decrease does less when more was called by its day. */
function cutText(text: Text, type: MovementType, asked: Cents, done: Cents): string {
  const takesAway = type === 'decreased' || type === 'released' || type === 'transferredOut'
  return takesAway && done < asked ? text('holder.cut', { done: formatCents(done) }) : ''
}

function recordedText(
  { recordedAt, recordedBy }: GuaranteeMovement,
  { lang, text, names }: Pick<TimelineWords, 'lang' | 'text' | 'names'>,
): string {
  const name = recordedBy ? names.get(recordedBy)?.name : undefined
  const day = longDay(lang, dayOf(recordedAt))
  return name ? text('holder.recordedBy', { day, name }) : text('holder.recorded', { day })
}
