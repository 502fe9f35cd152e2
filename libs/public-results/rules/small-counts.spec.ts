import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CountedKind,
  concernsPeople,
  namesSmallNumber,
  possibleValues,
  SMALL,
  shownValue,
} from './small-counts.js'

describe('counts under five', () => {
  it.each<[CountedKind, string, string, object]>([
    ['unique', 'mensen', '5', { kind: 'exact', value: '5' }],
    ['unique', 'mensen', '4', { kind: 'under', limit: 5, of: null }],
    ['unique', 'mensen', '0', { kind: 'under', limit: 5, of: null }],
    ['unique', 'activiteiten', '3', { kind: 'under', limit: 5, of: null }],
    ['count', 'vrijwilligers', '4', { kind: 'under', limit: 5, of: null }],
    ['count', '', '2', { kind: 'under', limit: 5, of: null }],
    ['count', 'iets nieuws', '2', { kind: 'under', limit: 5, of: null }],
    ['count', 'Bijeenkomsten', '2', { kind: 'exact', value: '2' }],
    ['nOfM', 'initiatieven', '3/4', { kind: 'exact', value: '3/4' }],
    ['nOfM', 'jongeren', '4/20', { kind: 'under', limit: 5, of: 20 }],
    ['nOfM', 'jongeren', '5/20', { kind: 'exact', value: '5/20' }],
    ['nOfM', 'jongeren', '15/20', { kind: 'exact', value: '15/20' }],
    ['nOfM', 'jongeren', '16/20', { kind: 'atLeast', least: 16, of: 20 }],
    ['nOfM', 'jongeren', '20/20', { kind: 'atLeast', least: 16, of: 20 }],
    ['nOfM', 'jongeren', '6/8', { kind: 'untold', of: 8 }],
    ['nOfM', 'jongeren', '2/9', { kind: 'untold', of: 9 }],
    ['nOfM', 'jongeren', '5/10', { kind: 'exact', value: '5/10' }],
    ['nOfM', 'jongeren', '3/4', { kind: 'under', limit: 5, of: null }],
    ['percentage', '', '3', { kind: 'exact', value: '3' }],
    ['grade', '', '4.5', { kind: 'exact', value: '4.5' }],
    ['yesNo', '', 'no', { kind: 'exact', value: 'no' }],
  ])('%s of %s: %s', (kind, unit, value, shown) => {
    expect(shownValue({ kind, unit }, value)).toEqual(shown)
  })

  it('takes a word that it does not know for people', () => {
    expect(concernsPeople({ kind: 'count', unit: 'gezinnen' })).toBe(true)
    expect(concernsPeople({ kind: 'count', unit: ' Uren ' })).toBe(false)
    expect(concernsPeople({ kind: 'percentage', unit: 'mensen' })).toBe(false)
  })

  it('shows the same for every figure that it leaves possible, and never a small group exactly', () => {
    const parts = fc
      .integer({ min: 1, max: 40 })
      .chain((m) => fc.integer({ min: 0, max: m }).map((n) => [n, m]))
    fc.assert(
      fc.property(parts, ([n, m]) => {
        const indicator = { kind: 'nOfM', unit: 'jongeren' } as const
        const shown = shownValue(indicator, `${n}/${m}`)
        const possible = possibleValues('nOfM', shown)
        expect(possible).toContain(`${n}/${m}`)
        for (const one of possible) expect(shownValue(indicator, one)).toEqual(shown)
        if (n! < SMALL || m! - n! < SMALL) expect(possible.length).toBeGreaterThan(1)
      }),
    )
  })

  it.each([
    ['Er kwamen 3 mensen.', true],
    ['Drie mensen, maar ruim voldoende.', true],
    ['Niemand kwam.', true],
    ['Een goede start.', false],
    ['In 2019 kwamen er 13 mensen.', false],
    ['', false],
  ])('a text that names a small number: %s', (text, names) => {
    expect(namesSmallNumber(text)).toBe(names)
  })
})
