import type { Language, Messages } from '#platform'

/** Texts of this library in the reader's language: `text('title')` is `members.title`. */
export type Text = (key: string, values?: Record<string, unknown>) => string

export function textsOf(messages: Messages, lang: Language): Text {
  return (key, values) => messages.text(lang, `members.${key}`, values)
}
