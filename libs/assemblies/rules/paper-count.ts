import type { Violation } from '#kernel'
import type { Count } from './tally.js'
import { votesOf } from './tally.js'
import type { Tally } from './verdict.js'

/** What one officer counted of the paper ballots, in votes. */
export interface PaperCount extends Tally {
  /** Votes present or represented in the hall, without those cast in advance. */
  present: number
}

export const paperCountKeys = ['for', 'against', 'blank', 'invalid', 'present'] as const

/** Who counts: the secretary, and one of these beside the secretary (four eyes). */
export const secondOffices = ['chair', 'director', 'auditCommittee'] as const
export type SecondOffice = (typeof secondOffices)[number]
export type CountingOffice = 'secretary' | SecondOffice
export type Side = 'secretary' | 'second'

/** A count as it was entered. */
export interface EnteredCount extends PaperCount {
  round: number
  side: Side
  office: CountingOffice
  personId: string
}

/**
 * Where the counting stands: waiting for one or both officers of the round, agreed, or differing. What differs is shown
 * and neither counts: the next round begins.
 */
export type PaperState =
  | { kind: 'counting'; round: number; first: EnteredCount | null; differed: EnteredCount[] }
  | { kind: 'agreed'; count: PaperCount; entries: [EnteredCount, EnteredCount] }

/** @param entries of one poll, in any order */
export function paperState(entries: readonly EnteredCount[]): PaperState {
  const round = Math.max(1, ...entries.map((entry) => entry.round))
  const [first, second] = inRound(entries, round)
  if (!first || !second) {
    return { kind: 'counting', round, first: first ?? null, differed: inRound(entries, round - 1) }
  }
  if (!isSameCount(first, second))
    return { kind: 'counting', round: round + 1, first: null, differed: [first, second] }
  return { kind: 'agreed', count: countOf(first), entries: [first, second] }
}

function inRound(entries: readonly EnteredCount[], round: number): EnteredCount[] {
  return entries
    .filter((entry) => entry.round === round)
    .toSorted((a, b) => (a.side === b.side ? 0 : a.side === 'secretary' ? -1 : 1))
}

export function isSameCount(one: PaperCount, other: PaperCount): boolean {
  return paperCountKeys.every((key) => one[key] === other[key])
}

export function countOf(entry: PaperCount): PaperCount {
  const { present, invalid, blank, against } = entry
  return { for: entry.for, against, blank, invalid, present }
}

/**
 * For which side an officer counts: the secretary for the secretary's, who also holds another office there only while
 * no other secretary did. Never one person for both.
 * @returns the office, or at most one of `paper.notYours`, `paper.alreadyCounted`, `paper.otherHasCounted`
 */
export function sideOf(
  roles: readonly string[],
  personId: string,
  state: PaperState,
): { side: Side; office: CountingOffice } | Violation {
  const second = secondOffices.find((office) => roles.includes(office))
  if (!second && !roles.includes('secretary')) return { code: 'paper.notYours' }
  const first = state.kind === 'counting' ? state.first : null
  if (first?.personId === personId) return { code: 'paper.alreadyCounted' }
  if (roles.includes('secretary') && first?.side !== 'secretary')
    return { side: 'secretary', office: 'secretary' }
  if (second && first?.side !== 'second') return { side: 'second', office: second }
  return { code: 'paper.otherHasCounted' }
}

/**
 * Whether these numbers can be a count: whole votes, no more than were present, and no more present than may vote.
 * @param room the votes of the electors that did not vote in advance
 * @returns `paper.notACount` (path: which), `paper.votesExceedPresent`, `paper.presentExceedsElectorate`
 */
export function checkPaperCount(count: PaperCount, room: number): Violation[] {
  const wrong = paperCountKeys.filter((key) => !Number.isSafeInteger(count[key]) || count[key] < 0)
  if (wrong.length > 0) return wrong.map((path) => ({ code: 'paper.notACount', path }))
  const cast = count.for + count.against + count.blank + count.invalid
  if (cast > count.present)
    return [{ code: 'paper.votesExceedPresent', path: 'present', params: { cast: String(cast) } }]
  if (count.present > room)
    return [{ code: 'paper.presentExceedsElectorate', path: 'present', params: { most: String(room) } }]
  return []
}

/** What was counted on paper with the ballots that were cast in advance, to judge by the rule. */
export function paperTotal(
  paper: PaperCount,
  electors: readonly { weight: number; choice: 'for' | 'against' | 'blank' | null }[],
): Count {
  const inAdvance = electors.filter(({ choice }) => choice !== null)
  const of = (choice: string) => votesOf(inAdvance.filter((elector) => elector.choice === choice))
  return {
    tally: {
      for: paper.for + of('for'),
      against: paper.against + of('against'),
      blank: paper.blank + of('blank'),
      invalid: paper.invalid,
    },
    present: paper.present + votesOf(inAdvance),
    electorate: votesOf(electors),
  }
}
