import type { Day } from '#kernel'
import type { Language, Messages } from '#platform'
import type { FieldChange } from './rules/fields.js'

/** "31 december 2020" */
export function longDay(lang: Language, day: Day): string {
  return new Intl.DateTimeFormat(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}

/** "31 december 2020, 14.05 uur", in Amsterdam. */
export function moment(lang: Language, at: Date): string {
  const zone = { timeZone: 'Europe/Amsterdam' } as const
  const locale = lang === 'nl' ? 'nl-NL' : 'en-GB'
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...zone }).format(at)
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...zone }).format(at)
  return lang === 'nl' ? `${day}, ${time.replace(':', '.')} uur` : `${day}, ${time}`
}

/** "het rekeningnummer (IBAN) en de statutaire naam" */
export function fieldNames(
  messages: Messages,
  lang: Language,
  changes: readonly Pick<FieldChange, 'field'>[],
): string {
  const names = changes.map(({ field }) => messages.text(lang, `member-changes.inSentence.${field}`))
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
}

/** An IBAN as it is read: in groups of four. */
export function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}

/** The last four signs of an account number; "–" for none. */
export function tailOf(iban: string | null): string {
  return iban ? iban.slice(-4) : '–'
}
