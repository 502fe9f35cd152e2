import type { Day } from '#kernel'
import type { Language } from './messages.js'

/** "15-02-2020", in both languages: rules write it too, so it is the kernel's. */
export { dayInDigits } from '#kernel'

const ZONE = 'Europe/Amsterdam'
const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const

/** Making a format costs more than using it, so each is made once. */
const long = inBoth({ ...LONG, timeZone: 'UTC' })
const full = inBoth({ weekday: 'long', ...LONG, timeZone: 'UTC' })
const short = inBoth({ dateStyle: 'medium', timeZone: 'UTC' })
const longOfInstant = inBoth({ ...LONG, timeZone: ZONE })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: ZONE })

/** "15 februari 2020", "15 February 2020". @throws RangeError for what is no day, as all of these */
export function longDay(lang: Language, day: Day): string {
  return long[lang].format(noon(day))
}

/** "zaterdag 15 februari 2020", "Saturday, 15 February 2020" */
export function fullDay(lang: Language, day: Day): string {
  return full[lang].format(noon(day))
}

/** "15 feb 2020", "15 Feb 2020": for lists and chips. */
export function shortDay(lang: Language, day: Day): string {
  return short[lang].format(noon(day))
}

/** The time in Amsterdam within a sentence that says "uur" itself: "20.14", "20:14". */
export function clockTime(lang: Language, instant: Date): string {
  const digits = clock.format(instant)
  return lang === 'en' ? digits : digits.replace(':', '.')
}

/** The time in Amsterdam on its own: "20.14 uur", "20:14". */
export function timeOfDay(lang: Language, instant: Date): string {
  const time = clockTime(lang, instant)
  return lang === 'en' ? time : `${time} uur`
}

/** "15 februari 2020, 20.14 uur", "15 February 2020, 20:14", in Amsterdam. */
export function moment(lang: Language, instant: Date): string {
  return `${longOfInstant[lang].format(instant)}, ${timeOfDay(lang, instant)}`
}

function inBoth(options: Intl.DateTimeFormatOptions): Record<Language, Intl.DateTimeFormat> {
  return { nl: new Intl.DateTimeFormat('nl-NL', options), en: new Intl.DateTimeFormat('en-GB', options) }
}

function noon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`)
}
