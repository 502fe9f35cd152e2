/** A decision's number: the year and its place in that year, without gaps. */
export interface DecisionNumber {
  year: number
  sequence: number
}

/** `{year: 2020, sequence: 3}` → `2020-03`; from the hundredth on three digits. */
export function formatDecisionNumber({ year, sequence }: DecisionNumber): string {
  return `${year}-${sequence.toString().padStart(2, '0')}`
}

/** Whether a text is meant as a number of this register, also when it is mistyped (`2020-3`). */
export function isMeantAsDecisionNumber(text: string): boolean {
  return /^\d{4}-\d+$/.test(text.trim())
}

/** Reads what {@link formatDecisionNumber} wrote; null for anything else, also for `2020-3` or `2020-00`. */
export function parseDecisionNumber(text: string): DecisionNumber | null {
  const match = /^(\d{4})-(\d{2,4})$/.exec(text)
  if (!match) return null
  const number = { year: Number(match[1]), sequence: Number(match[2]) }
  return number.sequence > 0 && formatDecisionNumber(number) === text ? number : null
}
