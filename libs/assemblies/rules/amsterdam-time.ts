import { type Day, dayOf } from '#kernel'

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hour: '2-digit',
  minute: '2-digit',
})

/**
 * The instant of a day and a time (`19:30`) on the clock of Amsterdam; of an hour that comes twice the first. Null
 * for a time that the clock skips in spring.
 */
export function instantOn(day: Day, time: string): Date | null {
  for (const offset of ['+02:00', '+01:00']) {
    const at = new Date(`${day}T${time}:00${offset}`)
    if (!Number.isNaN(at.getTime()) && dayOf(at) === day && clock.format(at) === time) return at
  }
  return null
}

/** The time on the clock of Amsterdam, as a form field takes it: `19:30`. */
export const timeOn = (at: Date): string => clock.format(at)
