import { clockTime, type Language, type Messages, type Visitor } from '#platform'
import type { RoomState } from '../room/room-state.service.js'
import { speakerName } from '../room/room-view.js'
import type { OwnElector } from '../store/ballot.store.js'
import { type Text, textsOf } from './page-text.js'

/** What the visitor's own part of the room is made from. */
export interface RoomOwnSources {
  state: RoomState
  /** The members that the visitor may cast for in the poll. */
  electors: OwnElector[]
  /** The members that the visitor acts for, and whether each is in the hall. */
  members: { id: string; name: string; isPresent: boolean }[]
  guests: { id: string; name: string; leftAt: Date | null }[]
}

/** The visitor's own part of the room: own ballots, own place on the list of speakers, and what the chair can do. */
export function roomOwn(sources: RoomOwnSources, visitor: Visitor, messages: Messages, lang: Language) {
  const { state, electors, members } = sources
  const text = textsOf(messages, lang)
  const isRunning = state.phase === 'running'
  // On paper there is nothing to cast here; what was cast in advance is shown.
  const onPaper = state.poll?.method === 'paper'
  const shown = onPaper ? electors.filter(({ ballot }) => ballot) : electors
  const toHandIn = onPaper && state.poll?.state === 'open' && electors.length > 0
  const canJoin = isRunning && members.length > 0 && members.some(({ isPresent }) => !isPresent)
  return {
    ballots: state.poll ? shown.map((elector) => ballotLine(state, elector, lang)) : [],
    mustVote:
      state.poll?.state === 'open' &&
      state.poll.method === 'digital' &&
      electors.some(({ ballot }) => !ballot),
    canJoin,
    speech:
      isRunning && state.current
        ? members.filter(({ isPresent }) => isPresent).map((member) => speechLine(state, member, text))
        : [],
    severalMembers: members.length > 1,
    idle: toHandIn
      ? text('paper.onPaper')
      : visitor.has('delegate')
        ? text('room.nothingNow')
        : text('room.noVote'),
    chair: visitor.has('chair') && isRunning && chairPart(sources, text),
    follows: visitor.has('chair') || hasToDoWithFloor(state, members) ? 'floor' : 'room',
  }
}

/** "Vastgelegd" or "niet vastgelegd", for each member that the visitor casts for. */
function ballotLine({ poll }: RoomState, { memberId, memberName, ballot }: OwnElector, lang: Language) {
  return {
    memberName,
    castHour: ballot && clockTime(lang, ballot.castAt),
    reference: ballot?.reference,
    href:
      !ballot &&
      poll!.state === 'open' &&
      poll!.method === 'digital' &&
      `/stemmingen/${poll!.id}?lid=${memberId}`,
    receiptHref: ballot && `/stemmingen/${poll!.id}/bevestiging?lid=${memberId}`,
  }
}

function speechLine({ floor }: RoomState, { id, name }: { id: string; name: string }, text: Text) {
  const place = floor.waiting.findIndex((one) => one.id === id) + 1
  const isSpeaking = floor.speaking?.id === id
  const hasSpoken = floor.spoken.some((one) => one.id === id)
  const said = isSpeaking ? text('floor.youSpeak') : place > 0 ? text('floor.youWait', { place }) : ''
  return {
    ...{ id, name, isWaiting: place > 0 },
    mayAsk: !isSpeaking && place === 0 && !hasSpoken,
    said: said || (hasSpoken ? text('floor.youSpoke') : ''),
  }
}

function hasToDoWithFloor({ floor }: RoomState, members: { id: string }[]): boolean {
  const involved = [...floor.waiting, ...(floor.speaking ? [floor.speaking] : [])]
  return members.some(({ id }) => involved.some((one) => one.id === id))
}

function chairPart({ state, guests }: RoomOwnSources, text: Text) {
  const { items, current, next, floor, poll } = state
  const isOpen = poll !== null && poll.state === 'open'
  const mayOpen = current?.motionId && !current.hasPoll && !isOpen
  const polling = poll !== null && poll.state !== 'declared'
  const here = guests.filter(({ leftAt }) => !leftAt)
  return {
    next,
    // One primary button: the poll's, while there is one to open, close or declare.
    nextKind: polling || mayOpen ? 'secondary' : 'primary',
    items: items
      .filter(({ id }) => id !== current?.id)
      .map(({ id, position, title }) => ({ value: id, label: `${position}. ${title}` })),
    mayOpen,
    poll: polling ? { id: poll.id, isOpen } : null,
    speaking: floor.speaking && { id: floor.speaking.id, name: speakerName(floor.speaking) },
    waiting: floor.waiting.map((one, index) => ({
      ...{ id: one.id, name: speakerName(one), place: index + 1 },
      earlier: index > 0 && index,
      later: index < floor.waiting.length - 1 && index + 2,
    })),
    guests: here.map(({ id, name }) => ({ value: id, label: text('floor.guest', { name }) })),
    numberLabel: text(here.length > 0 ? 'floor.orToNumber' : 'floor.toNumber'),
  }
}
