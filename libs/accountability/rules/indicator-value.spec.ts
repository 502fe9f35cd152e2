import { describe, expect, it } from 'vitest'
import { readIndicatorValue } from './indicator-value.js'

describe('readIndicatorValue', () => {
  it.each([
    ['count', '120', '120'],
    ['count', '1.200', '1200'],
    ['count', '007', '7'],
    ['count', '1,5', null],
    ['count', '-3', null],
    ['count', '12x', null],
    ['unique', ' 300 ', '300'],
    ['percentage', '75%', '75'],
    ['percentage', '7,5 %', '7.5'],
    ['percentage', '7,50', '7.5'],
    ['percentage', '100', '100'],
    ['percentage', '100,01', null],
    ['grade', '7,5', '7.5'],
    ['grade', '7.5', '7.5'],
    ['grade', '0,9', null],
    ['grade', '10,1', null],
    ['nOfM', '12/20', '12/20'],
    ['nOfM', '12 van 20', '12/20'],
    ['nOfM', '12 van de 20', '12/20'],
    ['nOfM', '21/20', null],
    ['nOfM', '0/0', null],
    ['nOfM', '12', null],
    ['yesNo', 'Ja', 'yes'],
    ['yesNo', 'no', 'no'],
    ['yesNo', 'constructor', null],
    ['yesNo', '', null],
  ] as const)('%s %j → %j', (kind, typed, expected) => {
    expect(readIndicatorValue(kind, typed)).toBe(expected)
  })
})
