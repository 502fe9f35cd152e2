import { describe, expect, it } from 'vitest'
import type { Particulars } from './fields.js'
import { type FormTerms, readDay, readWanted, type Typed } from './read-form.js'

const known = (pattern: RegExp) => (typed: string) => (pattern.test(typed) ? typed.replace(/\s/g, '') : null)
const terms: FormTerms = {
  readIban: known(/^NL\d\d ?[A-Z]{4}[\d ]+$/),
  readPostalCode: known(/^\d{4} ?[A-Z]{2}$/),
  readChamberNumber: known(/^\d{8}$/),
  readRsin: known(/^\d{9}$/),
  legalForms: ['stichting', 'eenmanszaak'],
  neighbourhoods: [1, 2, 3],
  serviceTeam: false,
  voting: true,
}
const full: Particulars = {
  name: 'De Tuin',
  legalForm: 'stichting',
  chamberNumber: '90000001',
  rsin: '900000016',
  street: 'Laan 1',
  postalCode: '3500AA',
  city: 'Utrecht',
  iban: 'NL91ABNA0417164300',
  neighbourhoods: [2],
  contactName: 'Ada',
  contactEmail: 'ada@example.org',
  contactPhone: '030 1234567',
}
const bare: Particulars = {
  ...full,
  street: null,
  postalCode: null,
  city: null,
  iban: null,
  neighbourhoods: [],
  contactName: null,
  contactEmail: null,
  contactPhone: null,
}
const wrong = (typed: Typed, current = full, more: Partial<FormTerms> = {}) =>
  readWanted(typed, current, { ...terms, ...more }).violations.map(({ code, path }) => `${code} ${path}`)

describe('a form', () => {
  it('leaves alone what it does not have, and reads what it has in its normal form', () => {
    expect(readWanted({}, full, terms)).toEqual({ wanted: full, violations: [] })
    const typed = {
      naam: ' De  Nieuwe Tuin ',
      iban: 'NL02 RABO 0123 4567 89',
      contactEmail: 'Bo@Example.org',
    }
    expect(readWanted(typed, full, terms).wanted).toMatchObject({
      name: 'De Nieuwe Tuin',
      iban: 'NL02RABO0123456789',
      contactEmail: 'bo@example.org',
      street: 'Laan 1',
    })
  })

  it('does not read the trade register’s fields unless the service team fills them in', () => {
    const typed = { kvk: '12345678', rechtsvorm: 'eenmanszaak', rsin: '' }
    expect(readWanted(typed, full, terms).wanted).toEqual(full)
    const read = readWanted(typed, full, { ...terms, serviceTeam: true })
    expect(read).toMatchObject({ violations: [], wanted: { chamberNumber: '12345678', rsin: null } })
  })

  it('takes the boxes of buurten only when it shows them, and only those that there are', () => {
    expect(readWanted({ 'buurt.1': 'ja' }, full, terms).wanted.neighbourhoods).toEqual([2])
    const typed = { buurten: 'ja', 'buurt.1': 'ja', 'buurt.3': 'ja', 'buurt.99': 'ja' }
    expect(readWanted(typed, full, terms).wanted.neighbourhoods).toEqual([1, 3])
  })

  it.each<[string, Typed, string[]]>([
    ['no name', { naam: ' ' }, ['memberChange.missing.name naam']],
    ['an account number that is none', { iban: 'NL00' }, ['memberChange.wrong.iban iban']],
    ['an account number taken out', { iban: '' }, ['memberChange.missing.iban iban']],
    ['a street without a number', { straat: 'Laan' }, ['memberChange.wrong.street straat']],
    ['an address taken out', { straat: '' }, ['memberChange.missing.street straat']],
    ['a postal code that is none', { postcode: '0' }, ['memberChange.wrong.postalCode postcode']],
    ['no e-mail address', { contactEmail: 'ada' }, ['memberChange.wrong.contactEmail contactEmail']],
    [
      'a telephone number of letters',
      { contactTelefoon: 'bel mij' },
      ['memberChange.wrong.contactPhone contactTelefoon'],
    ],
    ['a telephone number taken out', { contactTelefoon: '' }, []],
    ['no buurt for a voting member', { buurten: 'ja' }, ['memberChange.missing.neighbourhoods buurt']],
    ['a name too long', { naam: 'x'.repeat(201) }, ['form.tooLong naam']],
  ])('%s', (_, typed, expected) => {
    expect(wrong(typed)).toEqual(expected)
  })

  it('asks the rest of an address or a contact that was never there', () => {
    expect(
      wrong({ straat: '', postcode: '', plaats: '', iban: '', contactNaam: '', contactEmail: '' }, bare),
    ).toEqual([])
    expect(wrong({ straat: 'Laan 1', postcode: '', plaats: '' }, bare)).toEqual([
      'memberChange.missing.postalCode postcode',
      'memberChange.missing.city plaats',
    ])
    expect(wrong({ contactNaam: '', contactEmail: '', contactTelefoon: '030 1234567' }, bare)).toEqual([
      'memberChange.missing.contactName contactNaam',
      'memberChange.missing.contactEmail contactEmail',
    ])
  })

  it('lets a supporting member be rooted nowhere', () => {
    expect(wrong({ buurten: 'ja' }, full, { voting: false })).toEqual([])
  })
})

describe('the day', () => {
  it.each([
    ['nothing', '', '2020-02-15', []],
    ['today', '2020-02-15', '2020-02-15', []],
    ['a year ahead', '2021-02-15', '2021-02-15', []],
    ['too far', '2021-02-17', '2020-02-15', ['memberChange.dayTooFar']],
    ['passed', '2020-02-14', '2020-02-15', ['memberChange.dayPassed']],
    ['no day', '31 februari', '2020-02-15', ['memberChange.dayMalformed']],
  ])('%s', (_, typed, day, expected) => {
    const read = readDay(typed, '2020-02-15')
    expect([read.day, read.violations.map(({ code }) => code)]).toEqual([day, expected])
  })
})
