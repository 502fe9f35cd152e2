import { describe, expect, it } from 'vitest'
import { readChamberNumber, readPostalCode, readRsin } from './identifiers.js'

describe('a KvK number', () => {
  it.each([
    ['12345678', '12345678'],
    [' 1234 5678 ', '12345678'],
    ['01234567', '01234567'],
    ['1234567', null],
    ['123456789', null],
    ['1234567a', null],
    ['00000000', null],
    ['', null],
  ])('%j is %j', (typed, read) => expect(readChamberNumber(typed)).toBe(read))
})

describe('an RSIN', () => {
  it.each([
    // 9·1 + 8·2 + 7·3 + 6·4 + 5·5 + 4·6 + 3·7 + 2·8 = 156 = 14·11 + 2
    ['123456782', '123456782'],
    ['1234.56.782', '123456782'],
    // 9·0 + 8·0 + 7·1 + 6·1 + 5·1 + 4·1 + 3·1 + 2·1 = 27 = 2·11 + 5
    ['001111115', '001111115'],
    ['123456789', null],
    ['123456783', null],
    // the sum leaves 10, which no digit can be: 8·1 + 2·1
    ['010000010', null],
    ['12345678', null],
    ['000000000', null],
    ['12345678x', null],
  ])('%j is %j', (typed, read) => expect(readRsin(typed)).toBe(read))

  it('has one right last digit at most', () => {
    for (let first = 10_000_000; first < 10_000_200; first++) {
      const right = Array.from({ length: 10 }, (_, last) => readRsin(`${first}${last}`)).filter(Boolean)
      expect(right.length).toBeLessThanOrEqual(1)
    }
  })
})

describe('a postal code', () => {
  it.each([
    ['3511AB', '3511 AB'],
    [' 3511 ab ', '3511 AB'],
    ['0511 AB', null],
    ['3511 SS', null],
    ['3511 A', null],
    ['3511 AB1', null],
    ['', null],
  ])('%j is %j', (typed, read) => expect(readPostalCode(typed)).toBe(read))
})
