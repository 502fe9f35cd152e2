import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenItem } from './open-item.js'
import { candidates, isNamed, suggest } from './suggest.js'

const item = (
  id: string,
  cents: bigint,
  reference: string | null = null,
  iban: string | null = null,
): OpenItem => ({
  ...{ id, kind: 'guaranteeCall', label: id, cents, reference, iban, href: '/' },
})
const line = (cents: bigint, description = '', iban = '', endToEndId: string | null = null) => ({
  ...{ cents, description, counterpartyIban: iban, endToEndId },
})
const chosen = (...[given, open]: Parameters<typeof suggest>) => {
  const found = suggest(given, open)
  return found && `${found.by}: ${found.items.map(({ id }) => id).join()}`
}

describe('what a line most likely settles', () => {
  const a = item('a', 100n, 'AS-2020-1-1', 'NL1')
  const b = item('b', 100n, 'AS-2020-1-17', 'NL1')
  const c = item('c', 300n, 'AS-2020-1-3', 'NL3')
  it.each<[string, Parameters<typeof suggest>, string | null]>([
    ['amount and reference', [line(100n, 'betreft AS-2020-1-1, met dank'), [a, b, c]], 'reference: a'],
    [
      'a reference is never the beginning of another',
      [line(100n, 'AS-2020-1-17'), [a, b, c]],
      'reference: b',
    ],
    ['the bank took the signs out', [line(300n, 'as202013'), [a, b, c]], 'reference: c'],
    ['the end-to-end id', [line(300n, '', '', 'AS-2020-1-3'), [a, b, c]], 'endToEndId: c'],
    ['IBAN and amount', [line(300n, 'ons deel', 'NL3'), [a, b, c]], 'iban: c'],
    [
      'several that are named and add up',
      [line(400n, 'AS-2020-1-1 + AS-2020-1-3'), [a, b, c]],
      'reference: a,c',
    ],
    ['never a guess between two with one IBAN', [line(100n, 'ons deel', 'NL1'), [a, b, c]], null],
    ['never by the amount alone', [line(300n, 'ons deel', 'NL9'), [a, b, c]], null],
    ['never another amount', [line(299n, 'AS-2020-1-3', 'NL3'), [a, b, c]], null],
    ['never the other way', [line(-300n, 'AS-2020-1-3', 'NL3'), [a, b, c]], null],
    ['nothing without items', [line(300n), []], null],
  ])('%s', (_, given, expected) => expect(chosen(...given)).toBe(expected))

  it('is of the amount of the line, whatever the items', () => {
    const items = fc.array(
      fc.tuple(fc.bigInt(-3n, 3n), fc.constantFrom('R-1', 'R-2', null), fc.constantFrom('NL1', null)),
    )
    fc.assert(
      fc.property(items, fc.bigInt(-3n, 3n), fc.constantFrom('R-1', 'R-1 R-2', ''), (given, cents, text) => {
        const open = given.map(([amount, reference, iban], at) => item(String(at), amount, reference, iban))
        const found = suggest(line(cents, text, 'NL1'), open)
        if (found) expect(found.items.reduce((sum, one) => sum + one.cents, 0n)).toBe(cents)
      }),
    )
  })

  it('can be chosen among what goes the same way, the likely ones first', () => {
    const open = [item('z', 7n), a, item('out', -5n, 'AS-2020-1-9'), c]
    expect(candidates(line(50n, 'AS-2020-1-3'), open).map(({ id }) => id)).toEqual(['c', 'a', 'z'])
  })

  it.each<[string | null, string, boolean]>([
    ['RM-2019-3', 'RM 2019 3', true],
    ['RM-2019-3', 'XRM-2019-3', false],
    ['RM-2019-3', 'RM-2019-31', false],
    [null, 'anything', false],
    ['', 'anything', false],
    ['(a', '(a', true],
  ])('%s in "%s": %s', (reference, text, expected) => expect(isNamed(reference, text)).toBe(expected))
})
