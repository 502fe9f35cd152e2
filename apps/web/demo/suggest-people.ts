import type { SignInSuggestions } from '#identity'
import type { Language, Messages } from '#platform'
import { demoPeople } from '../../demo/people.js'

/** The holders of offices, in the reader's language. */
export function suggestPeople(messages: Messages): SignInSuggestions {
  return (language: Language) =>
    demoPeople.map(({ email, key }) => ({ email, text: messages.text(language, `web.demo.offices.${key}`) }))
}
