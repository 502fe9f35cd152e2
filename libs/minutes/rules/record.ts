import type { Day } from '#kernel'

/** What the log of an assembly says, as the minutes are drafted from it. */
export interface RecordOfAssembly {
  assembly: {
    title: string
    kind: 'ordinary' | 'extraordinary'
    heldOn: Day
    startsAt: Date
    endedAt: Date | null
    place: string
    onlineAddress: string | null
    convenedOn: Day | null
  }
  /** Who held the chair and kept the record; a stand-in with the reason. */
  officers: readonly RecordedOfficer[]
  members: readonly RecordedMember[]
  guests: readonly { name: string; cameAt: Date; leftAt: Date | null }[]
  opening: { at: Date; quorum: RecordedQuorum }
  items: readonly RecordedItem[]
  /** The times that it was broken off until another moment. */
  adjournments: readonly { at: Date; resumesAt: Date; reason: string }[]
}

export interface RecordedOfficer {
  office: 'chair' | 'secretary'
  name: string
  standsIn: boolean
  reason: string
}

/** A member with when it was there, and who was there for it when it was not. */
export interface RecordedMember {
  number: number
  name: string
  mayVote: boolean
  weight: number
  stays: readonly Span[]
  /** The members that held its proxy while it was away and they were there. */
  heldBy: readonly string[]
  /** It cast a ballot itself, with or without checking in; or only before the assembly. */
  voted: 'there' | 'inAdvance' | null
}

export interface Span {
  from: Date
  until: Date | null
}

/** Votes present and represented against what the quorum asks; `needed` is null when none is asked. */
export interface RecordedQuorum {
  present: number
  electorate: number
  needed: number | null
  reached: boolean
}

export interface RecordedItem {
  id: string
  position: number | null
  title: string
  type: string
  turns: readonly Span[]
  /** Members and guests who had the floor, in the order of their first turn: not what they said. */
  speakers: readonly string[]
  conflicts: readonly { name: string; office: string; reason: string; at: Date }[]
  motion: RecordedMotion | null
}

export interface RecordedMotion {
  question: string
  proposer: string | null
  /** The text as submitted and as it stands now; null when the question is the whole text. */
  submittedText: string | null
  text: string | null
  withdrawn: { at: Date; reason: string } | null
  amendments: readonly RecordedAmendment[]
  polls: readonly RecordedPoll[]
}

export interface RecordedAmendment {
  number: number
  title: string
  proposer: string | null
  text: string
  withdrawnAt: Date | null
  lapsed: { at: Date; reason: string } | null
  polls: readonly RecordedPoll[]
}

export interface RecordedPoll {
  openedAt: Date
  closedAt: Date | null
  /** The text that was voted on; null when that was the question alone. */
  text: string | null
  /** Ballots that the secretary entered for members in the hall. */
  entered: number
  /** Ballots that were cast before the assembly. */
  inAdvance: number
  onPaper: boolean
  /** Members that voted through the holder of their proxy. */
  byProxy: number
  result: {
    tally: { for: number; against: number; blank: number }
    quorum: RecordedQuorum
    reason: string
    adopted: boolean
    declaredAt: Date
    /** As in the register: `2020-03`. */
    decision: string
  } | null
  voided: { at: Date; reason: string } | null
  isRevote: boolean
  /** The decision in whose place this one came. */
  replaces: string | null
  challenge: {
    at: Date
    by: string
    reason: string
    demanding: number
    majorityAt: Date | null
    replaced: boolean
  } | null
  rulings: readonly { at: Date; office: 'chair' | 'secretary'; text: string; reason: string }[]
}
