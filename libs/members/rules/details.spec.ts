import { describe, expect, it } from 'vitest'
import {
  changedFields,
  contactSpans,
  detailsOn,
  type MemberDetails,
  nextDetailsAfter,
  noParticulars,
} from './details.js'

const details = (on: string, given: Partial<MemberDetails> = {}): MemberDetails => ({
  ...noParticulars,
  ...{ on, name: 'A', founder: false, note: null },
  ...given,
})
const contact = (on: string, contactEmail: string | null) =>
  details(on, { contactEmail, contactName: 'Contact' })

describe('changedFields', () => {
  it.each<[string, Partial<MemberDetails>, string[]]>([
    ['nothing', {}, []],
    ['another day is no change', { on: '2020-01-01' }, []],
    ['fields in the order in which they are shown', { iban: 'NL00', name: 'B' }, ['name', 'iban']],
    ['buurten', { neighbourhoods: [1, 2] }, ['neighbourhoods']],
    ['founder', { founder: true }, ['founder']],
  ])('%s', (_, given, changed) => {
    expect(changedFields(details('2019-01-01'), details('2019-01-01', given))).toEqual(changed)
  })

  it('sees what was filled in and what was cleared', () => {
    const filled = details('2019-01-01', { city: 'Utrecht' })
    expect(changedFields(details('2019-01-01'), filled)).toEqual(['city'])
    expect(changedFields(filled, details('2019-01-01'))).toEqual(['city'])
  })
})

describe('detailsOn and nextDetailsAfter', () => {
  const held = [
    details('2019-03-01', { name: 'Maart' }),
    details('2019-01-01', { name: 'Januari' }),
    details('2019-03-01', { name: 'Maart, later vastgelegd' }),
  ]
  it.each([
    ['2018-01-01', 'Januari', '2019-01-01'],
    ['2019-01-01', 'Januari', '2019-03-01'],
    ['2019-02-28', 'Januari', '2019-03-01'],
    ['2019-03-01', 'Maart, later vastgelegd', null],
    ['2030-01-01', 'Maart, later vastgelegd', null],
  ])('on %s: %s', (day, name, next) => {
    expect(detailsOn(day, held)?.name).toBe(name)
    expect(nextDetailsAfter(day, held)).toBe(next)
  })

  it('have nothing of nobody', () => {
    expect(detailsOn('2019-01-01', [])).toBeNull()
  })
})

describe('contactSpans', () => {
  it.each<[string, MemberDetails[], string[]]>([
    ['nobody', [contact('2019-01-01', null)], []],
    ['one, from then on', [contact('2019-01-01', 'a@x.nl')], ['a@x.nl 2019-01-01 ']],
    [
      'the same through another change',
      [contact('2019-01-01', 'a@x.nl'), contact('2019-02-01', 'a@x.nl')],
      ['a@x.nl 2019-01-01 '],
    ],
    [
      'one after the other',
      [contact('2019-02-01', 'b@x.nl'), contact('2019-01-01', 'a@x.nl')],
      ['a@x.nl 2019-01-01 2019-02-01', 'b@x.nl 2019-02-01 '],
    ],
    [
      'a gap, and back again',
      [contact('2019-01-01', 'a@x.nl'), contact('2019-02-01', null), contact('2019-03-01', 'a@x.nl')],
      ['a@x.nl 2019-01-01 2019-02-01', 'a@x.nl 2019-03-01 '],
    ],
  ])('%s', (_, held, spans) => {
    expect(contactSpans(held).map(({ email, from, until }) => `${email} ${from} ${until ?? ''}`)).toEqual(
      spans,
    )
  })
})
