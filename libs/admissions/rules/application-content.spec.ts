import { describe, expect, it } from 'vitest'
import { type ContentTerms, checkDraft, contentOf } from './application-content.js'
import type { Draft } from './steps.js'

const terms: ContentTerms = {
  readChamberNumber: (typed) => (/^\d{8}$/.test(typed.trim()) ? typed.trim() : null),
  readRsin: (typed) => (typed.trim() === '123456782' ? '123456782' : null),
  readPostalCode: (typed) => (/^\d{4} ?[A-Z]{2}$/.test(typed) ? typed : null),
  criteria: [{ key: 'geworteld', text: 'U bent geworteld in een buurt.', article: 'artikel 5' }],
  neighbourhoods: [1, 2, 3],
}

const complete: Draft = {
  naam: ' Buurttuin ',
  rechtsvorm: 'stichting',
  kvk: '12345678',
  rsin: '123456782',
  straat: 'Lange Straat 1',
  postcode: '3511 AB',
  plaats: 'Utrecht',
  soort: 'voting',
  'buurt.2': 'ja',
  contactNaam: 'Contact',
  contactEmail: 'Contact@Example.org',
  afgevaardigdeNaam: 'Afgevaardigde',
  afgevaardigdeEmail: 'afgevaardigde@example.org',
  'criterium.geworteld': 'Al jaren.',
  onderschrijft: 'ja',
  garantie: '1.250,50',
}

const codes = (draft: Draft) => checkDraft(draft, terms).map(({ code, path }) => `${code} ${path}`)

describe('completeness', () => {
  it.each<[string, Draft, string[]]>([
    ['complete', complete, []],
    ['a supporting member needs no buurt', { ...complete, soort: 'supporting', 'buurt.2': '' }, []],
    ['no guarantee intended', { ...complete, garantie: '' }, []],
    ['a sole trader without RSIN', { ...complete, rechtsvorm: 'eenmanszaak', rsin: '' }, []],
    [
      'a sole trader with RSIN',
      { ...complete, rechtsvorm: 'eenmanszaak' },
      ['admission.rsinOfSoleTrader rsin'],
    ],
    ['an organisation without RSIN', { ...complete, rsin: ' ' }, ['admission.missing.rsin rsin']],
    ['a wrong RSIN', { ...complete, rsin: '123456789' }, ['admission.wrong.rsin rsin']],
    ['a wrong KvK number', { ...complete, kvk: '1234567' }, ['admission.wrong.kvk kvk']],
    ['a wrong postal code', { ...complete, postcode: '3511' }, ['admission.wrong.postcode postcode']],
    ['a street without number', { ...complete, straat: 'Lange Straat' }, ['admission.wrong.straat straat']],
    [
      'an unknown legal form',
      { ...complete, rechtsvorm: 'kring' },
      ['admission.missing.rechtsvorm rechtsvorm'],
    ],
    ['no kind', { ...complete, soort: '' }, ['admission.missing.soort soort']],
    ['a voting member without buurt', { ...complete, 'buurt.2': '' }, ['admission.missing.buurt buurt']],
    ['an unknown buurt', { ...complete, 'buurt.2': '', 'buurt.9': 'ja' }, ['admission.missing.buurt buurt']],
    [
      'a wrong address',
      { ...complete, contactEmail: 'contact@nergens' },
      ['admission.wrong.contactEmail contactEmail'],
    ],
    [
      'a criterion without explanation',
      { ...complete, 'criterium.geworteld': '' },
      ['admission.missing.criterium criterium.geworteld'],
    ],
    ['no endorsement', { ...complete, onderschrijft: '' }, ['admission.missing.onderschrijft onderschrijft']],
    ['no amount', { ...complete, garantie: 'veel' }, ['admission.wrong.garantie garantie']],
    ['a negative amount', { ...complete, garantie: '-1' }, ['admission.wrong.garantie garantie']],
    ['a name that is too long', { ...complete, naam: 'a'.repeat(201) }, ['form.tooLong naam']],
  ])('%s', (_, draft, expected) => expect(codes(draft)).toEqual(expected))

  it('nothing at all names every field', () => expect(codes({})).toHaveLength(14))
})

describe('the content', () => {
  it('is trimmed and typed', () => {
    expect(contentOf(complete, terms)).toMatchObject({
      organisation: { name: 'Buurttuin', rsin: '123456782' },
      kind: 'voting',
      neighbourhoods: [2],
      contact: { email: 'contact@example.org' },
      criteria: [{ key: 'geworteld', article: 'artikel 5', explanation: 'Al jaren.' }],
      intendedGuaranteeCents: 125_050n,
    })
  })

  it('of a sole trader has no RSIN', () => {
    expect(
      contentOf({ ...complete, rechtsvorm: 'eenmanszaak', rsin: '' }, terms).organisation.rsin,
    ).toBeNull()
  })
})
