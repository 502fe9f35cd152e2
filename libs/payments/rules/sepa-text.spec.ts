import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sepaText } from './sepa-text.js'

describe('a text for the bank', () => {
  it.each([
    ['BuurtWerkKamer Coöperatie', 'BuurtWerkKamer Cooperatie'],
    ["Stichting 't Zand & Co.", "Stichting 't Zand + Co."],
    ['Café “De Brug”', "Cafe 'De Brug'"],
    ['Ĳsselstein – Œuvre', 'IJsselstein - OEuvre'],
    ['Straße, Łódź, Ærø, Þór', 'Strasse, Lodz, AEro, THor'],
    ['Ирина Щукина', 'Irina SHTukina'],
    ['Ελλάδα ΩΨ', 'Ellada OPS'],
    ['ĞÜŞİÖÇ ğüşıöç', 'GUSIOC gusioc'],
    ['café (decomposed: e\u0301)', 'cafe (decomposed: e)'],
    ['a@b_c;d!', '(at)'.replace('(', 'a(').replace(')', ')b-c,d.')],
    ['line\nbreak\tand\u00a0space\u200b', 'line break and space'],
    ['// slashes // inside //', 'slashes / inside'],
    ['<script>&"', "(script)+'"],
    ['№ 5 ½', 'No 5 1.2'],
    ['王小明 2', '... 2'],
    ['王小明', ''],
    ['   ', ''],
    ['😀', ''],
  ])('%s → %s', (text, written) => {
    expect(sepaText(text, 70)).toBe(written)
  })

  it('is cut, and does not end on a slash or a space', () => {
    expect(sepaText('abcd/ efgh', 6)).toBe('abcd')
    expect(sepaText('ß'.repeat(40), 70)).toHaveLength(70)
  })

  it('has only characters of the set, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 140 }), (text, max) => {
        const written = sepaText(text, max)
        expect(written).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/)
        expect(written.length).toBeLessThanOrEqual(max)
        expect(written).not.toMatch(/^[/\s]|[/\s]$|\/\//)
        expect(sepaText(written, max)).toBe(written)
      }),
    )
  })
})
