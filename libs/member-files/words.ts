import type { Language, Messages, Text } from '#platform'

export type { Text } from '#platform'

/** The texts of this library. */
export function textsOf(messages: Messages, lang: Language): Text {
  return messages.under(lang, 'member-files')
}
