import { z } from 'zod'
import type { Text } from './page-text.js'

const OFFERED = [2, 5, 10, 15, 30]

/** After how many minutes a poll ends by itself, or how many more it gets: what a chair can choose from. */
export function minutesOptions(text: Text, more = false): { value: string; label: string }[] {
  const key = more ? 'pollEnd.more' : 'pollEnd.minutes'
  return OFFERED.map((minutes) => ({ value: String(minutes), label: text(key, { minutes }) }))
}

/** Minutes as they come from a form: empty is none; what is no number is refused by the rule (NaN). */
export const minutesField = z
  .string()
  .optional()
  .transform((typed) => (typed?.trim() ? Number(typed) : null))

/** As {@link minutesField}, from the field of one of several forms on a page: `minuten-3`. */
export function minutesIn(typed: Readonly<Record<string, string>>): number | null {
  return minutesField.parse(Object.entries(typed).find(([name]) => name.startsWith('minuten'))?.[1])
}
