import { describe, expect, it } from 'vitest'
import { payableIban } from '../iban.js'
import { maskedIban, splitStreet } from './account.js'

describe('an IBAN to pay to', () => {
  it.each([
    ['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
    ['nl91abna0417164300', 'NL91ABNA0417164300'],
    ['BE68539007547034', 'BE68539007547034'],
    ['NL91ABNA0417164301', null],
    ['', null],
    [null, null],
    // Valid, but not of a country of the SEPA area: Brazil.
    ['BR1800360305000010009795493C1', null],
  ])('%s → %s', (typed, iban) => {
    expect(payableIban(typed)).toBe(iban)
  })

  it('is shown by its end', () => {
    expect(maskedIban('NL91ABNA0417164300')).toBe('NL91 •••• 4300')
  })
})

describe('street and number', () => {
  it.each([
    ['Oudegracht 12', 'Oudegracht', '12'],
    ['Oudegracht 12 bis', 'Oudegracht', '12 bis'],
    ['Oudegracht  12-A', 'Oudegracht', '12-A'],
    ['Plein 1940 3', 'Plein 1940', '3'],
    ["Laan van 's-Gravenmade, 7", "Laan van 's-Gravenmade", '7'],
    ['1e Daalsedijk 5', '1e Daalsedijk', '5'],
    ['Zandpad', 'Zandpad', null],
    ['12', '12', null],
    ['2e Straat', '2e Straat', null],
    ['Laan 1 achter het tuincentrum links', 'Laan 1 achter het tuincentrum links', null],
    ['', null, null],
    [null, null, null],
  ])('%s', (written, street, buildingNumber) => {
    expect(splitStreet(written)).toEqual({ street, buildingNumber })
  })
})
