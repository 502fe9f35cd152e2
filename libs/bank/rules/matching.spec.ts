import { describe, expect, it } from 'vitest'
import { checkConfirmer, checkParts, type MatchPart } from './matching.js'
import type { OpenItem } from './open-item.js'

const item = (id: string, cents: bigint, whole?: true): OpenItem => ({
  ...{ id, kind: 'k', label: id, cents, reference: null, iban: null, href: '/' },
  ...(whole && { whole }),
})
const part = (itemId: string, cents: bigint): MatchPart => ({ kind: 'k', itemId, cents })
const items = [item('a', 100n), item('b', 50n), item('out', -20n), item('w', 40n, true)]

describe('parts of a line', () => {
  it.each<[string, bigint, MatchPart[], string | undefined]>([
    ['one item entirely', 100n, [part('a', 100n)], undefined],
    ['several items', 150n, [part('a', 100n), part('b', 50n)], undefined],
    ['a part of an item', 60n, [part('a', 60n)], undefined],
    ['a part of the line', 200n, [part('b', 50n)], undefined],
    ['what goes out', -20n, [part('out', -20n)], undefined],
    ['an item as a whole', 40n, [part('w', 40n)], undefined],
    ['nothing', 100n, [], 'bank.noParts'],
    ['a line that is done', 0n, [part('a', 1n)], 'bank.lineSettled'],
    ['an item that is gone', 100n, [part('x', 1n)], 'bank.itemGone'],
    ['an item twice', 100n, [part('a', 1n), part('a', 2n)], 'bank.itemTwice'],
    ['nothing of an item', 100n, [part('a', 0n)], 'bank.partSign'],
    ['the other way', 100n, [part('out', -20n)], 'bank.partSign'],
    ['more than the item', 100n, [part('b', 51n)], 'bank.partOverItem'],
    ['more than the line', 120n, [part('a', 100n), part('b', 50n)], 'bank.partsOverLine'],
    ['more than the line, going out', -10n, [part('out', -20n)], 'bank.partsOverLine'],
    ['a part of what can only be whole', 30n, [part('w', 30n)], 'bank.partOfWhole'],
  ])('%s', (_, open, parts, code) => expect(checkParts(open, parts, items)[0]?.code).toBe(code))

  it('never go to an item that the line was used for', () => {
    const settled = [{ kind: 'k', itemId: 'a' }]
    expect(checkParts(10n, [part('a', 10n)], items, settled)[0]?.code).toBe('bank.itemTwice')
  })
})

describe('who confirms', () => {
  it.each<[string, string, string | null, string | undefined]>([
    ['c', 'a', 'b', undefined],
    ['a', 'a', 'b', 'bank.ownProposal'],
    ['b', 'a', 'b', 'bank.ownLine'],
    ['c', 'a', null, undefined],
  ])('%s, proposed by %s, entered by %s', (person, proposedBy, enteredBy, code) =>
    expect(checkConfirmer(person, { proposedBy }, { enteredBy })[0]?.code).toBe(code),
  )
})
