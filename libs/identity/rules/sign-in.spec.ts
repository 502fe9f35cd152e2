import { describe, expect, it } from 'vitest'
import { MAX_WRONG_CODES, refusalOf, type SignInRequest } from './sign-in.js'

const now = new Date('2026-01-01T12:00:00Z')
const request = (changes: Partial<SignInRequest> = {}): SignInRequest => ({
  personId: 'p',
  wrongCodes: 0,
  expiresAt: new Date('2026-01-01T12:15:00Z'),
  usedAt: null,
  ...changes,
})

describe('refusalOf', () => {
  it.each([
    ['fresh, by link', request(), 'link', null],
    ['fresh, by code', request(), 'code', null],
    ['unknown', null, 'link', 'signIn.unknown'],
    ['used once', request({ usedAt: now }), 'link', 'signIn.used'],
    ['at the very end', request({ expiresAt: now }), 'link', 'signIn.expired'],
    ['one millisecond before the end', request({ expiresAt: new Date(now.getTime() + 1) }), 'link', null],
    ['four wrong codes', request({ wrongCodes: MAX_WRONG_CODES - 1 }), 'code', null],
    ['five wrong codes', request({ wrongCodes: MAX_WRONG_CODES }), 'code', 'signIn.tooManyCodes'],
    ['five wrong codes, by link', request({ wrongCodes: MAX_WRONG_CODES }), 'link', null],
  ] as const)('%s', (_, given, by, refusal) => {
    expect(refusalOf(given, now, by)).toBe(refusal)
  })
})
