import type { Day } from '#kernel'
import type { Language, Messages } from '#platform'

/** Texts of this library in the reader's language: `text('title')` is `members.title`. */
export type Text = (key: string, values?: Record<string, unknown>) => string

export function textsOf(messages: Messages, lang: Language): Text {
  return (key, values) => messages.text(lang, `members.${key}`, values)
}

/** `15 februari 2020`. */
export function dayInWords(day: Day, lang: Language): string {
  return formatted(new Date(`${day}T12:00:00Z`), lang, { timeZone: 'UTC' })
}

/** `15 februari 2020, 10.30 uur`, in Amsterdam. */
export function momentInWords(instant: Date, lang: Language): string {
  const zone = { timeZone: 'Europe/Amsterdam' }
  const hours = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' })
  const time = hours.format(instant)
  const day = formatted(instant, lang, zone)
  return lang === 'en' ? `${day}, ${time}` : `${day}, ${time.replace(':', '.')} uur`
}

function formatted(instant: Date, lang: Language, zone: { timeZone: string }): string {
  const locale = lang === 'en' ? 'en-GB' : 'nl-NL'
  const parts = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat(locale, { ...parts, ...zone }).format(instant)
}
