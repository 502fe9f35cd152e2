import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointKey, compareCodePoints } from './code-points.js'

/** The order by definition, on the lists of code points. */
function byDefinition(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Array.from(text, (character) => character.codePointAt(0)!))
  for (let at = 0; at < Math.min(left!.length, right!.length); at++) {
    if (left![at] !== right![at]) return Math.sign(left![at]! - right![at]!)
  }
  return Math.sign(left!.length - right!.length)
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f600}', '\u{10ffff}'),
  ),
  maxLength: 5,
})

describe('compareCodePoints', () => {
  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
    ['', 'a', -1],
    ['a', 'aa', -1],
    ['Z', 'a', -1],
    ['\uff5e', '\u{1f600}', -1],
    ['\u{1f600}', '\u{1f601}', -1],
    ['\ue000', '\u{10000}', -1],
    ['\ud7ff', '\u{10000}', -1],
  ])('%j against %j gives %i', (a, b, sign) => {
    expect(Math.sign(compareCodePoints(a, b))).toBe(sign)
  })

  it('follows the code points', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(byDefinition(a, b))
      }),
    )
  })
})

describe('codePointKey', () => {
  it('lets < give the same order as compareCodePoints', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const [left, right] = [codePointKey(a), codePointKey(b)]
        const sign = left < right ? -1 : left > right ? 1 : 0
        expect(sign).toBe(byDefinition(a, b))
      }),
    )
  })
})
