import type { Language, Messages } from '#platform'
import type { FieldChange } from './rules/fields.js'

/** "het rekeningnummer (IBAN) en de statutaire naam" */
export function fieldNames(
  messages: Messages,
  lang: Language,
  changes: readonly Pick<FieldChange, 'field'>[],
): string {
  const names = changes.map(({ field }) => messages.text(lang, `member-changes.inSentence.${field}`))
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
}

/** The last four signs of an account number; "–" for none. */
export function tailOf(iban: string | null): string {
  return iban ? iban.slice(-4) : '–'
}
