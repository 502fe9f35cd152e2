import type { Authenticator } from '@fastify/passport'

import type { Language } from '#platform'

/**
 * People whom the sign-in page offers as buttons; only the demo provides it. The buttons are posted
 * to the address that the demo's module listens on.
 */
export const SIGN_IN_SUGGESTIONS = Symbol('sign-in suggestions')
export type SignInSuggestions = (language: Language) => { email: string; text: string }[]

/** Passport's instance of this application: sessions and strategies are registered on it. */
export const PASSPORT = Symbol('passport')
export type Passport = InstanceType<typeof Authenticator>
