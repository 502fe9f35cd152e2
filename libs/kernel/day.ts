import { RuleViolated } from './violations.js'

/** A calendar day `YYYY-MM-DD` as it is in Europe/Amsterdam. Days compare with `<` and `>`. */
export type Day = string

const MS_PER_DAY = 86_400_000

// The Swedish calendar writes days as YYYY-MM-DD.
const amsterdam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The calendar day in Amsterdam at this instant. */
export function dayOf(instant: Date): Day {
  return amsterdam.format(instant)
}

/** Whether this instant was on the day or before it, by the calendar of Amsterdam. */
export function wasBy(instant: Date, day: Day): boolean {
  return dayOf(instant) <= day
}

/** Whether the text is a day that exists: `2020-02-29` is, `2019-02-29`, `2019-2-9` and the year 0 are not. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}

/**
 * Reads a day as a date field sends it (`2020-01-31`) or as people write it: `31-1-2020`, `31/1/2020`, `31.1.2020`,
 * `31 1 2020`. Null for what is no day.
 */
export function tryParseDay(text: string): Day | null {
  const typed = text.trim()
  if (isDay(typed)) return typed
  const [, d = '', m = '', year = ''] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(typed) ?? []
  const day = `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  return isDay(day) ? day : null
}

/** `2020-02-05` → `05-02-2020`, as people write it in a column or a cell. */
export function dayInDigits(day: Day): string {
  return day.split('-').reverse().join('-')
}

/**
 * The day `n` days later, or earlier when negative. Days are counted on the calendar, so summer time is no
 * concern.
 * @throws RuleViolated `day.malformed`
 */
export function addDays(day: Day, n: number): Day {
  return new Date(midnight(day) + n * MS_PER_DAY).toISOString().slice(0, 10)
}

/**
 * Whole days from `a` to `b`; negative when `b` is earlier.
 * @throws RuleViolated `day.malformed`
 */
export function daysBetween(a: Day, b: Day): number {
  return (midnight(b) - midnight(a)) / MS_PER_DAY
}

function midnight(day: Day): number {
  if (!isDay(day)) throw RuleViolated.of('day.malformed', { typed: String(day).slice(0, 40) })
  return Date.parse(`${day}T00:00:00Z`)
}
