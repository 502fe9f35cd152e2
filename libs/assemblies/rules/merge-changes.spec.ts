import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeChanges, type TextPart } from './merge-changes.js'

const same = (text: string): TextPart => ({ kind: 'same', text })
const added = (text: string): TextPart => ({ kind: 'added', text })
const removed = (text: string): TextPart => ({ kind: 'removed', text })

describe('carrying changes over', () => {
  // The old text is "een twee drie vier".
  const first = [removed('een'), added('EEN'), same(' twee drie vier')]
  const last = [same('een twee drie '), removed('vier'), added('VIER')]
  it.each<[string, TextPart[], TextPart[], string | null]>([
    ['in two places', first, last, 'EEN twee drie VIER'],
    ['the other way round', last, first, 'EEN twee drie VIER'],
    ['nothing to one change', first, [same('een twee drie vier')], 'EEN twee drie vier'],
    ['the same change twice', first, first, 'EEN twee drie vier'],
    ['another change of the same word', first, [removed('een'), added('1'), same(' twee drie vier')], null],
    ['a change beside a change', first, [same('een'), removed(' twee'), same(' drie vier')], null],
    ['a word removed', first, [same('een twee'), removed(' drie'), same(' vier')], 'EEN twee vier'],
    ['words added at the end', first, [same('een twee drie vier'), added('!')], 'EEN twee drie vier!'],
    [
      'two additions at one place',
      [same('een twee drie vier'), added('!')],
      [same('een twee drie vier'), added('?')],
      null,
    ],
    ['a change within what is gone', [removed('een twee drie vier')], last, null],
  ])('%s', (_, one, other, text) => {
    expect(mergeChanges(one, other)).toBe(text)
  })

  const parts = fc.array(
    fc.record({
      kind: fc.constantFrom<TextPart['kind'][]>('same', 'added', 'removed'),
      text: fc.string({ minLength: 1 }),
    }),
    { maxLength: 8 },
  )
  it('gives the changed text itself when the other changes nothing', () => {
    fc.assert(
      fc.property(parts, (one) => {
        const old = one.map(({ kind, text }) => (kind === 'added' ? '' : text)).join('')
        const now = one.map(({ kind, text }) => (kind === 'removed' ? '' : text)).join('')
        expect(mergeChanges(one, [same(old)])).toBe(now)
        expect(mergeChanges([same(old)], one)).toBe(now)
      }),
    )
  })
})
