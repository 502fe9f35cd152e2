import { describe, expect, it } from 'vitest'
import { fields, headers, meaningOf } from './columns.js'
import { type Grid, readHeader } from './header.js'

const grid = (...rows: string[][]): Grid => rows.map((row) => row.map((text) => ({ kind: 'text', text })))

describe('the heads of columns', () => {
  it('are known as the template writes them, in whatever case', () => {
    for (const field of fields) {
      expect(meaningOf(headers[field])).toBe(field)
      expect(meaningOf(` ${headers[field].toUpperCase().replaceAll('-', ' ')} `)).toBe(field)
    }
  })

  it.each([
    ['KVK NR.', 'chamberNumber'],
    ['e-mailadres', 'contactEmail'],
    ['Straat + nummer', 'street'],
    ['lidnr', 'number'],
    ['Wat te doen', 'leftAlone'],
    ['Status', 'leftAlone'],
    ['Schoenmaat', 'unknown'],
  ])('%s means %s', (head, meaning) => {
    expect(meaningOf(head)).toBe(meaning)
  })
})

describe('the row of heads', () => {
  it('is found below a title, in any order, with what is unknown named', () => {
    const { at, columns, unknown } = readHeader(
      grid(['Onze leden'], [], ['Soort', 'Schoenmaat', 'naam', '', 'LID SINDS']),
    )
    expect(at).toBe(2)
    expect([...columns]).toEqual([
      ['kind', 0],
      ['name', 2],
      ['since', 4],
    ])
    expect(unknown).toEqual(['Schoenmaat'])
  })

  it('needs no columns of new members when rows can be recognised', () => {
    expect(readHeader(grid(['Lidnummer', 'IBAN'])).columns.size).toBe(2)
    expect(readHeader(grid(['KvK', 'IBAN'])).columns.size).toBe(2)
  })

  it.each([
    [[['Schoenmaat', 'Naam']], 'import.noHeader'],
    [[], 'import.noHeader'],
    [[['Naam', 'Plaats']], 'import.columnsMissing'],
    [[['Lidnummer', 'E-mail', 'Mail']], 'import.columnTwice'],
  ])('%j: %s', (rows, code) => {
    expect(() => readHeader(grid(...rows))).toThrow(code)
  })
})
