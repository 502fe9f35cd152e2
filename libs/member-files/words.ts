import type { Language, Messages } from '#platform'

/** Texts of this library in the reader's language. */
export type Text = (key: string, values?: Record<string, unknown>) => string

export function textsOf(messages: Messages, lang: Language): Text {
  return (key, values) => messages.text(lang, `member-files.${key}`, values)
}
