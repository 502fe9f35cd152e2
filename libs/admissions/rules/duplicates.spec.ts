import { describe, expect, it } from 'vitest'
import { type Candidate, likelyDuplicates, plainName, similarity } from './duplicates.js'

const known: Candidate = {
  id: 'known',
  name: 'Stichting Buurttuin De Lést',
  chamberNumber: '12345678',
  rsin: '123456782',
  address: 'Lange Straat 1, 3511 AB',
}
const other = (fields: Partial<Candidate>): Candidate => ({
  id: 'new',
  name: 'Fietsenmakers Zuid',
  chamberNumber: '87654321',
  rsin: null,
  address: 'Korte Straat 2, 3512 CD',
  ...fields,
})

describe('a plain name', () => {
  it.each([
    ['Stichting Buurttuin De Lést', 'buurttuin de lest'],
    ['Coöperatie Samen U.A.', 'samen'],
    ['STICHTING', 'stichting'],
    ['', ''],
  ])('of %j is %j', (name, plain) => expect(plainName(name)).toBe(plain))
})

describe('likely duplicates', () => {
  it.each<[string, Partial<Candidate>, string[]]>([
    ['nothing in common', {}, []],
    ['the same KvK number', { chamberNumber: '12345678' }, ['chamberNumber']],
    ['the same RSIN', { rsin: '123456782' }, ['rsin']],
    ['another legal form', { name: 'Vereniging Buurttuin de Lest' }, ['name']],
    ['a slip of the pen', { name: 'Buurtuin De Lest' }, ['name']],
    ['the same address', { address: 'lange straat 1 3511 ab' }, ['address']],
    ['everything', { ...known, id: 'new' }, ['chamberNumber', 'rsin', 'name', 'address']],
  ])('%s', (_, fields, reasons) => {
    expect(likelyDuplicates(other(fields), [known]).flatMap((found) => found.reasons)).toEqual(reasons)
  })

  it('are never the application itself', () => expect(likelyDuplicates(known, [known])).toEqual([]))

  it('with the most reasons come first', () => {
    const far = { ...other({ id: 'far', chamberNumber: '12345678' }) }
    const near = { ...known, id: 'near' }
    expect(likelyDuplicates(known, [far, near]).map((found) => found.other.id)).toEqual(['near', 'far'])
  })

  it('similarity is symmetric and 1 for itself', () => {
    expect(similarity('Podium Oost', 'Podium Oost')).toBe(1)
    expect(similarity('Podium Oost', 'Podium West')).toBe(similarity('Podium West', 'Podium Oost'))
    expect(similarity('', 'Podium')).toBe(0)
  })
})
