import type { Day } from '#kernel'
import type { ItemType } from './agenda.js'
import type { DecisionType } from './poll-rule.js'

export const convocationKinds = [
  'convocation',
  'supplement',
  'postponement',
  'cancellation',
  'continuation',
] as const
export type ConvocationKind = (typeof convocationKinds)[number]

/** What a convocation says, as it was sent: kept as JSON, with its hash. Instants are ISO texts in UTC. */
export interface ConvocationContent {
  assemblyId: string
  kind: ConvocationKind
  sequence: number
  title: string
  assemblyKind: 'ordinary' | 'extraordinary'
  heldOn: Day
  startsAt: string
  endsAt: string
  place: string
  onlineAddress: string | null
  reason: string | null
  supportersInvited: boolean
  items: ConvenedItem[]
  /** The terms that the statutes in force asked, in days. */
  terms: { days: number; article: string }
  /** From when on members vote in advance (BW 2:38: the conditions are in the convocation); not there when they can't. */
  advance?: { from: Day; article: string }
}

export interface ConvenedItem {
  id: string
  number: number
  title: string
  explanation: string
  type: ItemType
  startsAt: string
  minutes: number
  question: string | null
  /** The text of the motion as it was sent, with marks; not there when it has none. */
  text?: string
  decisionType: DecisionType | null
  /** It was not in the convocation before. */
  added: boolean
  papers: ConvenedPaper[]
}

export interface ConvenedPaper {
  id: string
  title: string
  verbatim: boolean
  version: number
  fileName: string
  bytes: number
  sha256: string
}

/**
 * Which papers go inside the agenda's own file: in order, as long as they fit together. The others are read on the
 * site; a later, smaller one still goes in.
 */
export function papersInside<T extends { bytes: number }>(papers: readonly T[], most: number): T[] {
  let room = most
  return papers.filter(({ bytes }) => {
    if (bytes > room) return false
    room -= bytes
    return true
  })
}

/** A member to convene, with what is known of how to reach it. */
export interface Reachable {
  memberId: string
  memberName: string
  voting: boolean
  consents: boolean
  delegates: readonly { personId: string; name: string; email: string }[]
  /** The lines of its postal address; empty when none is known. */
  postal: readonly string[]
}

export interface Recipient {
  memberId: string
  memberName: string
  voting: boolean
  channel: 'email' | 'letter'
  personId: string | null
  name: string
  address: string
}

/**
 * To whom the convocation goes and how: by e-mail to the delegates of a member that agreed to it, by letter to the
 * member otherwise (BW 2:41, convening by e-mail needs consent).
 */
export function recipientsOf(members: readonly Reachable[]): Recipient[] {
  return members.flatMap(({ memberId, memberName, voting, consents, delegates, postal }): Recipient[] => {
    const common = { memberId, memberName, voting }
    if (consents && delegates.length > 0) {
      return delegates.map(({ personId, name, email }) => ({
        ...common,
        channel: 'email',
        personId,
        name,
        address: email,
      }))
    }
    return [{ ...common, channel: 'letter', personId: null, name: memberName, address: postal.join('\n') }]
  })
}
