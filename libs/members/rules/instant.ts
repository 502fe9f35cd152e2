import { isDay } from '#kernel'

/** A moment, to the last digit that was written: `Date` would cut off what is finer than a millisecond. */
export interface Instant {
  /** Whole seconds since 1970, UTC. */
  readonly seconds: number
  /** The digits behind the decimal sign, without zeros at the end. */
  readonly fraction: string
}

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/

/**
 * Reads an instant as ISO 8601 writes it, with its offset: `2019-12-31T23:30:00+01:00` or `…Z`. Null for
 * anything else, also for a time without offset, which is no instant.
 */
export function parseInstant(text: string): Instant | null {
  const match = ISO.exec(text)
  if (!match) return null
  const [, day = '', hour = '', minute = '', second = '00', fraction = '', sign, ...offset] = match
  const [offsetHours = 0, offsetMinutes = 0] = sign ? offset.map(Number) : []
  const exists = isDay(day) && +hour < 24 && +minute < 60 && +second < 60
  if (!exists || offsetHours > 23 || offsetMinutes > 59) return null
  const shift = (sign === '-' ? -1 : 1) * (offsetHours * 3600 + offsetMinutes * 60)
  const seconds = Date.parse(`${day}T${hour}:${minute}:${second}Z`) / 1000 - shift
  return { seconds, fraction: fraction.replace(/0+$/, '') }
}

/** Negative when `a` comes first, 0 for the same instant in whatever offset, positive when `b` does. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0
}

/** The instant of a `Date`, to its millisecond. */
export function instantOf(date: Date): Instant {
  const ms = date.getTime()
  const seconds = Math.floor(ms / 1000)
  return {
    seconds,
    fraction: String(ms - seconds * 1000)
      .padStart(3, '0')
      .replace(/0+$/, ''),
  }
}
