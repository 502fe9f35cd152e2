import { describe, expect, it } from 'vitest'
import { isEmailAddress } from './email-address.js'

describe('an e-mail address', () => {
  it.each([
    ['lid-1@example.org', true],
    ['voornaam.achternaam@sub.example.org', true],
    ['zonder-apenstaart.example.org', false],
    ['twee@apen@staarten.nl', false],
    ['met spatie@example.org', false],
    ['Naam <naam@example.org>', false],
    ['naam@domein', false],
    ['naam@example.o', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isEmailAddress(text)).toBe(expected)
  })
})
