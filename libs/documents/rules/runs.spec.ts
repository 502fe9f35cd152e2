import { describe, expect, it } from 'vitest'
import { printable, runsOf } from './runs.js'

const latin = (point: number) => point < 0x100
const more = (point: number) => point >= 0x100 && point < 0x250

describe('runsOf', () => {
  it.each([
    ['Jansen', [{ text: 'Jansen', face: 0 }]],
    [
      'Doğan',
      [
        { text: 'Do', face: 0 },
        { text: 'ğ', face: 1 },
        { text: 'an', face: 0 },
      ],
    ],
    [
      'a👍🏽b',
      [
        { text: 'a', face: 0 },
        { text: '👍🏽', face: null },
        { text: 'b', face: 0 },
      ],
    ],
    ['', []],
  ])('%j', (text, runs) => {
    expect(runsOf(text, [latin, more])).toEqual(runs)
  })
})

describe('printable', () => {
  it.each([
    ['e\u0301e\u0301n', 'één'],
    ['a\u0000b\u0007', 'ab'],
    ['een\ttwee', 'een twee'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['€\u202f12', '€\u00a012'],
    ['af\u00adbreken', 'afbreken'],
    ['\u202eomgekeerd', 'omgekeerd'],
    ['los \ud800 half', 'los \ufffd half'],
  ])('%j becomes %j', (text, printed) => {
    expect(printable(text)).toBe(printed)
  })
})
