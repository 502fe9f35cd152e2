import type { Day } from '#kernel'
import type { Language } from '#platform'

/** "31 december 2020" */
export function longDay(lang: Language, day: Day): string {
  return new Intl.DateTimeFormat(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}
