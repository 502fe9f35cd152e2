import { describe, expect, it } from 'vitest'
import { readTenths, tenthsText } from './tenths.js'

describe('a percentage in tenths', () => {
  it.each([
    ['28', 280],
    [' 28,5 % ', 285],
    ['0.4%', 4],
    ['100', 1000],
    ['100,1', null],
    ['28,55', null],
    ['-1', null],
    ['', null],
  ])('%s is %s', (typed, tenths) => {
    expect(readTenths(typed)).toBe(tenths)
  })

  it('is written without a decimal that says nothing', () => {
    expect([280, 285, 4].map(tenthsText)).toEqual(['28', '28.5', '0.4'])
  })
})
