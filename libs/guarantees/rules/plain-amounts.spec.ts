import { expect, it } from 'vitest'
import { rateText, shortAmount } from './plain-amounts.js'

it.each([
  [50_000_000n, '€\u00a0500.000'],
  [12_069_100n, '€\u00a0120.691'],
  [12_069_150n, '€\u00a0120.691,50'],
  [0n, '€\u00a00'],
])('%s cents in a sentence: %s', (cents, text) => {
  expect(shortAmount(cents)).toBe(text)
})

it.each([
  ['10/100', '10%'],
  ['4/5', '80%'],
  ['1/3', '1/3'],
])('the rate %s is written %s', (fraction, text) => {
  expect(rateText(fraction)).toBe(text)
})
