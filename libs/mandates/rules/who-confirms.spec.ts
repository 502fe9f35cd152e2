import { describe, expect, it } from 'vitest'
import { type Around, mayConfirm } from './who-confirms.js'

const around = (changes: Partial<Around> = {}): Around => ({
  personId: 'new',
  proposedBy: 'old',
  contacts: ['contact'],
  delegates: ['old'],
  ...changes,
})
const byContact = around({ proposedBy: 'contact' })

describe('mayConfirm', () => {
  it.each<[string, Around, string, boolean]>([
    ['the contact, of what the delegate proposed', around(), 'contact', true],
    ['the delegate, the own proposal', around(), 'old', false],
    ['the new delegate', around(), 'new', false],
    ['the service team, when there is a contact', around(), 'staff', false],
    ['the contact, the own proposal', byContact, 'contact', false],
    ['the sitting delegate, of what the contact proposed', byContact, 'old', true],
    ['the service team, of what the contact proposed', byContact, 'staff', true],
    ['the new delegate, of what the contact proposed', byContact, 'new', false],
    ['the contact who is to act', around({ personId: 'contact' }), 'contact', false],
    ['the service team, when the contact is to act', around({ personId: 'contact' }), 'staff', true],
    ['the service team, without a contact', around({ contacts: [] }), 'staff', true],
    [
      'the service team, the own proposal without a contact',
      around({ contacts: [], proposedBy: 'staff' }),
      'staff',
      false,
    ],
    [
      'the delegate, of what the service team proposed without a contact',
      around({ contacts: [], proposedBy: 'staff' }),
      'old',
      true,
    ],
    ['the service team, for one of them', around({ contacts: [], personId: 'staff' }), 'staff', false],
    ['a delegate who is also the contact and proposed', around({ contacts: ['old'] }), 'old', false],
    ['then the service team', around({ contacts: ['old'] }), 'staff', true],
    ['a stranger', around(), 'stranger', false],
  ])('%s', (_, given, personId, expected) => {
    expect(mayConfirm(given, { personId, isServiceTeam: personId === 'staff' })).toBe(expected)
  })
})
