import { describe, expect, it } from 'vitest'
import {
  applied,
  checkReason,
  differences,
  effectiveDay,
  overtakenFields,
  pendingField,
  split,
} from './change.js'
import { type ChangeField, changeFields, isForServiceTeam, isSensitive, type Particulars } from './fields.js'

const current: Particulars = {
  name: 'Stichting De Tuin',
  legalForm: 'stichting',
  chamberNumber: '90000001',
  rsin: '900000016',
  street: 'Voorbeeldstraat 1',
  postalCode: '3500 AA',
  city: 'Utrecht',
  iban: 'NL91ABNA0417164300',
  neighbourhoods: [3, 14],
  contactName: 'Ada',
  contactEmail: 'ada@example.org',
  contactPhone: null,
}
const fields = (changes: { field: ChangeField }[]) => changes.map(({ field }) => field)

describe('which fields need four eyes', () => {
  it.each<[ChangeField, boolean, boolean]>([
    ['name', true, false],
    ['legalForm', true, true],
    ['chamberNumber', true, true],
    ['rsin', true, true],
    ['street', false, false],
    ['postalCode', false, false],
    ['city', false, false],
    ['iban', true, false],
    ['neighbourhoods', false, false],
    ['contactName', false, false],
    ['contactEmail', true, false],
    ['contactPhone', false, false],
  ])('%s: sensitive %s, only for the service team %s', (field, sensitive, serviceTeam) => {
    expect([isSensitive(field), isForServiceTeam(field)]).toEqual([sensitive, serviceTeam])
  })

  it('says so of every field', () => expect(changeFields).toHaveLength(12))
})

describe('what a form asks for', () => {
  it('is only what differs', () => {
    expect(differences(current, { ...current })).toEqual([])
    expect(differences(current, { ...current, neighbourhoods: [3], contactPhone: '030 1234567' })).toEqual([
      { field: 'neighbourhoods', from: '3,14', to: '3' },
      { field: 'contactPhone', from: null, to: '030 1234567' },
    ])
  })

  it('is split into what holds at once and what waits', () => {
    const wanted = { ...current, name: 'De Tuin', city: 'Zeist', iban: 'NL02RABO0123456789' }
    const { atOnce, toConfirm } = split(differences(current, wanted))
    expect([fields(atOnce), fields(toConfirm)]).toEqual([['city'], ['name', 'iban']])
  })

  it('gives what was wanted when it is applied, and leaves the rest', () => {
    const wanted = { ...current, street: 'Laan 2', neighbourhoods: [], iban: null }
    expect(applied({ ...current, on: '2020-01-01' }, differences(current, wanted))).toEqual({
      ...wanted,
      on: '2020-01-01',
    })
  })

  it.each([
    [
      'an account number without a reason',
      { iban: 'NL02RABO0123456789' },
      ' ',
      ['memberChange.reasonMissing'],
    ],
    ['an account number with a reason', { iban: 'NL02RABO0123456789' }, 'Andere bank', []],
    ['an address needs none', { street: 'Laan 2' }, '', []],
  ])('%s', (_, change, reason, expected) => {
    const violations = checkReason(differences(current, { ...current, ...change }), reason)
    expect(violations.map(({ code }) => code)).toEqual(expected)
  })
})

describe('a proposal that the register overtook', () => {
  const changes = differences(current, { ...current, iban: 'NL02RABO0123456789', name: 'De Tuin' })
  it.each<[string, Partial<Particulars>, ChangeField[]]>([
    ['nothing happened', {}, []],
    ['another field changed', { street: 'Laan 2' }, []],
    ['the register already says what is asked', { iban: 'NL02RABO0123456789' }, []],
    ['a third account number', { iban: 'NL20INGB0001234567' }, ['iban']],
    ['the account number was taken out', { iban: null }, ['iban']],
    ['both', { iban: null, name: 'Tuin' }, ['name', 'iban']],
  ])('%s', (_, meanwhile, expected) => {
    expect(overtakenFields(changes, { ...current, ...meanwhile })).toEqual(expected)
  })

  it('and one field waits in one proposal only', () => {
    expect(pendingField([{ field: 'iban', from: null, to: 'x' }], changes)).toBe('iban')
    expect(pendingField([{ field: 'contactEmail', from: null, to: 'x' }], changes)).toBeNull()
  })
})

it.each([
  ['as asked', '2020-03-01', '2020-02-15', '2019-01-01', '2020-03-01'],
  ['confirmed later than asked', '2020-02-15', '2020-02-20', '2019-01-01', '2020-02-20'],
  ['other details stand from a later day', '2020-02-15', '2020-02-15', '2020-06-01', '2020-06-01'],
])('holds from: %s', (_, asked, today, lastDetailsOn, expected) => {
  expect(effectiveDay(asked, today, lastDetailsOn)).toBe(expected)
})
