import { clockTime, type Language, type Messages } from '#platform'
import { quorumSentence } from '../pages/hall-page.js'
import { type Text, textsOf } from '../pages/page-text.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { RoomState, Speaker } from './room-state.service.js'

/** The model of what everyone sees, on phones as on the screen in the hall. */
export function roomView(state: RoomState, messages: Messages, lang: Language) {
  const text = textsOf(messages, lang)
  const { assembly, phase, current, next, floor } = state
  const { speaking, waiting, spoken } = floor
  return {
    ...{ lang, assembly, phase },
    quorum: quorumSentence(state, messages, lang),
    current: current && { ...current, sinceHour: clockTime(lang, current.since) },
    next,
    floor: {
      speaking: speaking && { name: speakerName(speaking), sinceHour: clockTime(lang, speaking.since) },
      waiting: waiting.map(speakerName),
      spoken: spoken.map((one) => ({ name: speakerName(one), time: spokenTime(text, one.seconds) })),
      isQuiet: !speaking && waiting.length + spoken.length === 0,
    },
    poll: pollView(state, text, lang),
  }
}

/** "Krachtstation (Anna Smit)". */
export function speakerName({ name, person }: Speaker): string {
  return person && person !== name ? `${name} (${person})` : name
}

/** "2 minuten en 5 seconden". */
function spokenTime(text: Text, seconds: number): string {
  return text('floor.time', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}

function pollView({ poll }: RoomState, text: Text, lang: Language) {
  if (!poll) return null
  const { declared, turnout } = poll
  return {
    ...poll,
    closedHour: poll.closedAt && clockTime(lang, poll.closedAt),
    closesHour: poll.closesAt && !poll.closedAt && clockTime(lang, poll.closesAt),
    ring: { value: turnout.cast, total: turnout.electors },
    result: declared && {
      ...declared,
      // An amendment has no number of its own in the register.
      number: declared.year && formatDecisionNumber({ year: declared.year, sequence: declared.sequence! }),
      bars: [
        { label: text('choice.for'), value: declared.tally.for, kind: 'solid' },
        { label: text('choice.against'), value: declared.tally.against, kind: 'hatched' },
        { label: text('choice.blank'), value: declared.tally.blank, kind: 'quiet' },
      ],
      votes: declared.tally.for + declared.tally.against + declared.tally.blank,
    },
  }
}

/**
 * What decides whether someone's own part of the page has to be read again: `room` for everyone, `floor` for who has
 * to do with the list of speakers. Not the turnout: that would send the whole hall to us at every ballot.
 */
export function ownKeys({ phase, current, poll, floor }: RoomState): { room: string; floor: string } {
  const room = [phase, current?.id, poll?.id, poll?.state, poll?.standing].join(' ')
  const list = floor.waiting.map(({ id }) => id).join(' ')
  return { room, floor: [room, floor.speaking?.id, list].join(' ') }
}

/** One sentence for who listens instead of looks: what changed last in the room. Never the turnout. */
export function spokenNews(
  { phase, current, poll, floor }: RoomState,
  messages: Messages,
  lang: Language,
): string {
  const text = textsOf(messages, lang)
  if (phase === 'ended') return text('room.ended')
  if (poll?.state === 'open') return text('room.news.open', { question: poll.question })
  if (floor.speaking) return text('room.news.speaking', { name: speakerName(floor.speaking) })
  if (poll?.state === 'closed') return text('room.news.closed')
  if (poll?.declared)
    return text(poll.declared.adopted ? 'room.news.adopted' : 'room.news.rejected', { title: poll.title })
  return current ? text('room.news.item', { position: String(current.position), title: current.title }) : ''
}
