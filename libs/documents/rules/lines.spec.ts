import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines, charactersOf, widestWord } from './lines.js'

/** Every character is one point wide. */
const measure = (text: string) => charactersOf(text).length

describe('breakLines', () => {
  it.each([
    ['', 5, ['']],
    ['kort', 5, ['kort']],
    ['een twee drie', 8, ['een twee ', 'drie']],
    ['een\ntwee', 20, ['een', 'twee']],
    ['een\u00a0twee', 8, ['een\u00a0twee']],
    ['een twee\u00a0drie', 9, ['een ', 'twee\u00a0drie']],
    ['wijkcoöperatie', 5, ['wijkc', 'oöper', 'atie']],
    ['Noord-Oost', 6, ['Noord-', 'Oost']],
    ['een  wijkcoöperatie', 5, ['een ', 'wijkc', 'oöper', 'atie']],
    ['15-02-2020', 6, ['15-02-', '2020']],
    ['lid-7@example.org', 12, ['lid-7@', 'example.org']],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 1, ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']],
  ])('%j within %d is %j', (text, width, lines) => {
    expect(breakLines(text, width, measure)).toEqual(lines)
  })

  it('loses no letter and makes no line too wide', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = breakLines(text, width, measure)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        for (const line of lines) expect(measure(line.trimEnd())).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('knows the widest word', () => {
    expect(widestWord('een wijkcoöperatie-Oost in de stad', measure)).toBe('wijkcoöperatie-'.length)
    expect(widestWord('15-02-2020', measure)).toBe(10)
  })
})
