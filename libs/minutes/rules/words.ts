import { type Day, dayOf } from '#kernel'
import type { Span } from './record.js'

const MONTHS = [
  ...['januari', 'februari', 'maart', 'april', 'mei', 'juni'],
  ...['juli', 'augustus', 'september', 'oktober', 'november', 'december'],
]

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hour: '2-digit',
  minute: '2-digit',
})

/** "20.14", on the clock of Amsterdam. */
export const timeOf = (at: Date): string => clock.format(at).replace(':', '.')

/** "15 februari 2020" */
export function dayInWords(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${MONTHS[month! - 1]} ${year}`
}

/** "20.14 uur"; on another day than the assembly's with that day: "16 februari 2020 om 00.10 uur". */
export function momentOf(at: Date, heldOn: Day): string {
  const day = dayOf(at)
  return day === heldOn ? `${timeOf(at)} uur` : `${dayInWords(day)} om ${timeOf(at)} uur`
}

/** The same within a sentence: "om 20.14 uur", "op 16 februari 2020 om 00.10 uur". */
export function atMoment(at: Date, heldOn: Day): string {
  return `${dayOf(at) === heldOn ? 'om' : 'op'} ${momentOf(at, heldOn)}`
}

/** "van 20.14 tot 20.30 uur"; without an end "vanaf 20.14 uur". */
export function spanInWords({ from, until }: Span): string {
  return until ? `van ${timeOf(from)} tot ${timeOf(until)} uur` : `vanaf ${timeOf(from)} uur`
}

/** "a", "a en b", "a, b en c" */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} en ${parts.at(-1)}`
}

/** "1 stem", "12 stemmen" */
export const votes = (count: number): string => `${count} ${count === 1 ? 'stem' : 'stemmen'}`

/** A reason as someone typed it, as the end of a sentence: no double full stop, nothing when there is none. */
export function because(reason: string): string {
  const text = reason.trim()
  if (text === '') return ''
  return ` Reden: ${/[.!?]$/.test(text) ? text : `${text}.`}`
}
