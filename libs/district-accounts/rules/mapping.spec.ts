import { describe, expect, it } from 'vitest'
import { checkMapping, isMapped, newlySaid, suggestedMapping } from './mapping.js'

const lines = [
  { id: 'personeel', label: 'Personeel (1,6 fte)' },
  { id: 'scholing', label: 'Scholing' },
]
const account = (code: string, name: string, isBalance: boolean | null = null) => ({
  ...{ account: code, name, isBalance, cents: 0n, lines: 1 },
})

describe('where an account belongs', () => {
  it.each([
    ['was said', new Map([['4000', 'personeel']]), true],
    ['was said to have nothing to do with it', new Map([['4000', null]]), true],
    ['was not said', new Map([['4100', 'personeel']]), false],
    ['was said of a line that the agreement no longer has', new Map([['4000', 'huur']]), false],
  ])('%s', (_, said, mapped) => {
    expect(isMapped(said, lines, '4000')).toBe(mapped)
  })

  it.each([
    [
      'what was said goes before its name',
      account('1', 'Scholing'),
      new Map([['1', 'personeel']]),
      'personeel',
    ],
    [
      'what was said goes before its kind',
      account('1', 'Bank', true),
      new Map([['1', 'scholing']]),
      'scholing',
    ],
    ['a possession or debt is none of it', account('1', 'Scholing', true), new Map(), null],
    ['the name of a line', account('1', ' SCHOLING'), new Map(), 'scholing'],
    ['the short name of a line', account('1', 'Personeel'), new Map(), 'personeel'],
    ['a line that is gone is not suggested', account('1', 'Huur'), new Map([['1', 'huur']]), undefined],
    ['another name says nothing', account('1', 'Reiskosten'), new Map(), undefined],
  ])('is suggested: %s', (_, of, said, expected) => {
    expect(suggestedMapping([of], lines, said).get('1')).toBe(expected)
  })

  it.each([
    ['a line of the agreement', 'scholing', []],
    ['nothing of it', null, []],
    ['something else', 'huur', ['districtAccounts.unknownLine']],
  ])('can be %s', (_, line, codes) => {
    const found = checkMapping(new Map([['4000', line]]), lines)
    expect(found.map(({ code }) => code)).toEqual(codes)
  })

  it('is written down when it is new, or not the same', () => {
    const said = new Map([
      ['1', 'scholing'],
      ['2', null],
    ])
    const given = new Map([
      ['1', 'scholing'],
      ['2', 'personeel'],
      ['3', null],
    ])
    expect(newlySaid(given, said)).toEqual([
      { account: '2', lineId: 'personeel' },
      { account: '3', lineId: null },
    ])
  })
})
