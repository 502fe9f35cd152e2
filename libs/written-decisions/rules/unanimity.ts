import { compareCodePoints, type Day } from '#kernel'

export type WrittenChoice = 'for' | 'against'
export const writtenChoices: readonly WrittenChoice[] = ['for', 'against']

/** Why a decision was taken, or was not: one said no, one said nothing in time, or there was nobody to agree. */
export type OutcomeReason = 'unanimous' | 'against' | 'silent' | 'nobody'

/** What has to be known to say whether all members decided. */
export interface Consultation {
  /**
   * The members that may vote on the day that is looked at. Who was admitted after the opening is among them and has to
   * agree; who left is not, and counts no more.
   */
  entitled: readonly string[]
  /** Each member that answered. */
  answers: ReadonlyMap<string, WrittenChoice>
  closesOn: Day
  today: Day
}

/**
 * Whether all members took the decision (BW 2:40 lid 2: a unanimous decision of all members). Null while that is open:
 * one "against" ends it at once, and so does the last "for"; what is silent after the closing day ends it then.
 */
export function judgeUnanimity({ entitled, answers, closesOn, today }: Consultation): OutcomeReason | null {
  const given = entitled.map((member) => answers.get(member))
  if (given.includes('against')) return 'against'
  if (entitled.length === 0) return 'nobody'
  if (given.every((choice) => choice === 'for')) return 'unanimous'
  return today > closesOn ? 'silent' : null
}

/** As of which day the members are counted: today, and after the closing day as they were on it. */
export function countedOn(closesOn: Day, today: Day): Day {
  return today > closesOn ? closesOn : today
}

/** The members that may vote now and could not when it opened, and those that left; by id. */
export function electorateChanges(opening: readonly string[], now: readonly string[]) {
  const [before, after] = [new Set(opening), new Set(now)]
  return {
    joined: now.filter((id) => !before.has(id)).sort(compareCodePoints),
    left: opening.filter((id) => !after.has(id)).sort(compareCodePoints),
  }
}
