import { describe, expect, it } from 'vitest'
import type { Field } from './columns.js'
import type { Cell } from './header.js'
import { readNeighbourhoods } from './neighbourhoods.js'
import { type ReadingTerms, readCell } from './read-cell.js'

const neighbourhoods = [
  { number: 1, name: 'Oog en Al' },
  { number: 2, name: 'Lombok/Leidseweg, Nieuw Engeland en Schepenbuurt' },
  { number: 5, name: 'Overvecht Zuid' },
]
const terms: ReadingTerms = {
  readChamberNumber: (typed) => (/^\d{8}$/.test(typed) ? typed : null),
  readRsin: (typed) => (/^\d{9}$/.test(typed) ? typed : null),
  readPostalCode: (typed) =>
    /^\d{4} ?[a-z]{2}$/i.test(typed) ? typed.toUpperCase().replace(/^(\d{4}) ?/, '$1 ') : null,
  readIban: (typed) => (typed.startsWith('NL') ? typed.replaceAll(' ', '') : null),
  neighbourhoods,
  today: '2020-02-15',
}
const text = (text: string): Cell => ({ kind: 'text', text })
const read = (field: Field, cell: Cell | string) =>
  readCell(field, typeof cell === 'string' ? text(cell) : cell, terms)

describe('a cell that is understood', () => {
  it.each<[Field, Cell | string, string]>([
    ['number', '12', '12'],
    ['number', { kind: 'number', text: '12' }, '12'],
    ['number', '0012', '12'],
    ['name', '  Buurthuis   De  Zon ', 'Buurthuis De Zon'],
    ['name', "'=De Som", '=De Som'],
    ['name', "'s Heeren Loo", "'s Heeren Loo"],
    ['kind', 'Stemlid', 'voting'],
    ['kind', 'STEUNLID', 'supporting'],
    ['since', '31-12-2019', '2019-12-31'],
    ['since', '1-2-2020', '2020-02-01'],
    ['since', { kind: 'day', text: '2019-12-31' }, '2019-12-31'],
    ['from', '2019-12-31', '2019-12-31'],
    ['legalForm', 'Coöperatie U.A.', 'cooperatie'],
    ['legalForm', 'b.v.', 'bv'],
    ['chamberNumber', { kind: 'number', text: '12345678' }, '12345678'],
    ['postalCode', '3512ab', '3512 AB'],
    ['iban', 'NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
    ['contactEmail', 'Info@Zon.NL', 'info@zon.nl'],
    ['contactPhone', '+31 (0)30 123 45 67', '+31 (0)30 123 45 67'],
    ['neighbourhoods', '5, 1', '1, 5'],
    ['neighbourhoods', { kind: 'number', text: '5' }, '5'],
    ['neighbourhoods', 'oog en al / 5', '1, 5'],
  ])('%s %j', (field, cell, value) => {
    expect(read(field, cell)).toEqual({ is: 'value', value })
  })

  it('says nothing when it is empty, and takes away with a dash', () => {
    expect(read('iban', '')).toEqual({ is: 'empty' })
    expect(read('iban', '   ')).toEqual({ is: 'empty' })
    expect(read('iban', { kind: 'empty', text: '' })).toEqual({ is: 'empty' })
    for (const dash of ['-', '–', ' - ', "'-"]) expect(read('iban', dash)).toEqual({ is: 'cleared' })
  })
})

describe('a cell that is not', () => {
  it.each<[Field, Cell | string, string]>([
    ['number', 'twaalf', 'number'],
    ['number', '0', 'number'],
    ['number', { kind: 'number', text: '12.5' }, 'number'],
    ['name', '-', 'notClearable'],
    ['name', 'x'.repeat(201), 'tooLong'],
    ['kind', 'erelid', 'kind'],
    ['since', '31-02-2020', 'day'],
    ['since', '31/12/2019', 'day'],
    ['since', { kind: 'number', text: '43830' }, 'day'],
    ['since', '31-12-2202', 'dayTooFar'],
    ['since', '31-12-1899', 'dayTooFar'],
    ['from', '-', 'notClearable'],
    ['legalForm', 'maatschap', 'legalForm'],
    ['legalForm', 'constructor', 'legalForm'],
    ['kind', 'constructor', 'kind'],
    ['chamberNumber', '123', 'chamberNumber'],
    ['rsin', 'abc', 'rsin'],
    ['postalCode', { kind: 'number', text: '3512' }, 'postalCode'],
    ['iban', 'BE12', 'iban'],
    ['contactEmail', 'info', 'email'],
    ['contactPhone', 'bel mij', 'phone'],
    ['neighbourhoods', '1, 99', 'neighbourhoods'],
    ['street', { kind: 'day', text: '2020-05-01' }, 'dayInstead'],
    ['neighbourhoods', { kind: 'day', text: '2020-05-01' }, 'dayInstead'],
    ['name', { kind: 'error', text: '#N/A' }, 'cellError'],
  ])('%s %j', (field, cell, code) => {
    expect(read(field, cell)).toMatchObject({ is: 'wrong', code })
  })

  it.each<[Field, Cell, string, string]>([
    ['chamberNumber', { kind: 'number', text: '1234567' }, 'leadingZeroLost', '01234567'],
    ['rsin', { kind: 'number', text: '12345678' }, 'leadingZeroLost', '012345678'],
    ['contactPhone', { kind: 'number', text: '612345678' }, 'leadingZeroLost', '0612345678'],
    ['contactPhone', { kind: 'number', text: '31612345678' }, 'leadingZeroLost', '+31612345678'],
    ['neighbourhoods', { kind: 'number', text: '1.5' }, 'neighbourhoodsAsNumber', '1 / 5'],
  ])('%s %j: proposes how to mend it', (field, cell, code, proposal) => {
    expect(read(field, cell)).toMatchObject({ is: 'wrong', code, proposal })
    expect(read(field, proposal)).toMatchObject({ is: 'value' })
  })
})

describe('buurten', () => {
  it.each([
    ['Lombok/Leidseweg, Nieuw Engeland en Schepenbuurt', [2]],
    ['Oog en Al, Lombok/Leidseweg, Nieuw Engeland en Schepenbuurt / overvecht zuid', [1, 2, 5]],
    ['5;1;5', [1, 5]],
    ['', []],
  ])('%s', (typed, numbers) => {
    expect(readNeighbourhoods(typed, neighbourhoods)).toEqual({ numbers })
  })

  it('names the piece that is none', () => {
    expect(readNeighbourhoods('1, Lombok', neighbourhoods)).toEqual({ unknown: 'Lombok' })
  })
})
