import { addDays, type Day, dayOf, type Violation } from '#kernel'
import { type AssemblyTimes, assemblyPhase } from './assembly-phase.js'
import { isChoice } from './ballot.js'

/** What the statutes say of voting before the assembly. */
export interface AdvanceRule {
  allowed: boolean
  daysBefore: number
  article: string
}

/** The law allows no more (Burgerlijk Wetboek Boek 2, artikel 38 lid 8): the 30th day before the assembly. */
export const MOST_DAYS_BEFORE = 30

/**
 * The first day on which can be voted in advance: at most the 30th day before the one on which the assembly begins,
 * on the calendar of Amsterdam. An assembly that is adjourned stays the one that began; one that is postponed begins
 * on another day.
 */
export function advanceFrom(startsAt: Date, { daysBefore }: Pick<AdvanceRule, 'daysBefore'>): Day {
  return addDays(dayOf(startsAt), -Math.min(daysBefore, MOST_DAYS_BEFORE))
}

/** All that voting in advance depends on. */
export interface AdvanceContext {
  /** Null when the statutes say nothing of it. */
  rule: AdvanceRule | null
  assembly: AssemblyTimes
  withdrawn: boolean
  /** Whether members were convened for this motion: from then on its text stands, but for amendments. */
  convened: boolean
  /** Whether a poll on the motion was opened, or the result of one stands. */
  polled: boolean
}

/**
 * Whether can be voted on a motion in advance now: where the statutes allow it, from the 30th day before the assembly
 * (BW 2:38 lid 8) until it begins, on a motion for which members are convened (the conditions are in the convocation).
 * @returns at most one of `advance.notAllowed`, `motion.withdrawn`, `advance.polled`, `advance.begun`,
 * `assembly.notConvened`, `advance.tooEarly`
 */
export function checkAdvance(
  { rule, assembly, withdrawn, convened, polled }: AdvanceContext,
  now: Date,
): Violation[] {
  if (!rule?.allowed) return [{ code: 'advance.notAllowed' }]
  if (withdrawn) return [{ code: 'motion.withdrawn' }]
  if (polled) return [{ code: 'advance.polled' }]
  if (assemblyPhase(assembly, now) !== 'upcoming') return [{ code: 'advance.begun' }]
  if (!convened) return [{ code: 'assembly.notConvened' }]
  const from = advanceFrom(assembly.startsAt, rule)
  return dayOf(now) < from ? [{ code: 'advance.tooEarly', params: { day: from, article: rule.article } }] : []
}

/** One who votes in advance for a member, with the text that was on the screen. */
export interface AdvanceCast {
  /** Who may cast for the member today; null when the member may not vote today. */
  casterIds: readonly string[] | null
  personId: string
  /** When a ballot on this text was cast for the member, as text; null when there is none. */
  castAt: string | null
  choice: string
  seenHash: string
  textHash: string
}

/**
 * Whether this ballot can be cast: by who may vote on the day, once per text, on the text that was read.
 * @returns at most one of `advance.notYourMember`, `advance.alreadyCast`, `advance.textChanged`, `ballot.unknownChoice`
 */
export function checkAdvanceCast(cast: AdvanceCast): Violation[] {
  if (!cast.casterIds?.includes(cast.personId)) return [{ code: 'advance.notYourMember', path: 'lid' }]
  if (cast.castAt !== null) return [{ code: 'advance.alreadyCast', params: { time: cast.castAt } }]
  if (cast.seenHash !== cast.textHash) return [{ code: 'advance.textChanged' }]
  return isChoice(cast.choice) ? [] : [{ code: 'ballot.unknownChoice', path: 'choice' }]
}

/** What a ballot on a text says of itself: enough to see whether it is about this one. */
export interface VotedText {
  textNumber: number
  textHash: string
}

export type Admission = 'admitted' | 'lapsed' | 'notElector' | 'revote' | 'tooEarly' | 'keptOut' | 'twice'

/** A ballot cast in advance, at the opening of a poll. */
export interface AdvanceBallot extends VotedText {
  id: string
  memberId: string
  castBy: string
  castAt: Date
}

/** The poll that opens. */
export interface AdvanceOpening extends VotedText {
  startsAt: Date
  rule: AdvanceRule | null
  /** By member, who is in the frozen electorate. */
  electors: ReadonlySet<string>
  /** Officers whom a conflict of interest keeps from voting (statute `conflictedMayVote`). */
  keptOut: ReadonlySet<string>
  isRevote: boolean
}

/**
 * What becomes of each ballot when a poll opens (BW 2:38 lid 8: cast in advance, it counts as cast in the assembly).
 * On another text than the one that is voted on now, it lapses: nobody voted on that one. Not of a member that is not
 * in the frozen electorate; not before the 30th day, when the assembly was postponed; and not in a re-vote (BW 2:13
 * is silent; we take it that the assembly votes anew, with what was said in it). Of one member at most one counts.
 */
export function admitAll(
  ballots: readonly AdvanceBallot[],
  opening: AdvanceOpening,
): { id: string; memberId: string; outcome: Admission }[] {
  const admitted = new Set<string>()
  return ballots.map((ballot) => {
    const { id, memberId } = ballot
    const outcome = outcomeOf(ballot, opening)
    if (outcome !== 'admitted') return { id, memberId, outcome }
    const twice = admitted.has(memberId)
    admitted.add(memberId)
    return { id, memberId, outcome: twice ? 'twice' : outcome }
  })
}

function outcomeOf(ballot: AdvanceBallot, opening: AdvanceOpening): Admission {
  if (!isAbout(ballot, opening)) return 'lapsed'
  if (opening.isRevote) return 'revote'
  if (!opening.electors.has(ballot.memberId)) return 'notElector'
  if (opening.keptOut.has(ballot.castBy)) return 'keptOut'
  const from = advanceFrom(opening.startsAt, opening.rule ?? { daysBefore: MOST_DAYS_BEFORE })
  return dayOf(ballot.castAt) < from ? 'tooEarly' : 'admitted'
}

/** Whether a ballot was cast on exactly this text: its number and its words. */
export function isAbout(ballot: VotedText, text: VotedText): boolean {
  return ballot.textNumber === text.textNumber && ballot.textHash === text.textHash
}
