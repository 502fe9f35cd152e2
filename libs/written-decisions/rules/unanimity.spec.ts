import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedOn, electorateChanges, judgeUnanimity, type WrittenChoice } from './unanimity.js'

const closesOn = '2020-03-02'
const answers = (given: Record<string, WrittenChoice>) => new Map(Object.entries(given))

describe('a decision without a meeting (BW 2:40 lid 2: unanimous, all members)', () => {
  it.each([
    ['nobody answered yet', ['a', 'b'], {}, '2020-02-20', null],
    ['one of two is for', ['a', 'b'], { a: 'for' }, '2020-02-20', null],
    ['all are for', ['a', 'b'], { a: 'for', b: 'for' }, '2020-02-20', 'unanimous'],
    ['the last one answers on the closing day', ['a', 'b'], { a: 'for', b: 'for' }, closesOn, 'unanimous'],
    ['one is against, the other still silent', ['a', 'b'], { a: 'against' }, '2020-02-20', 'against'],
    [
      'one is against, all others for',
      ['a', 'b', 'c'],
      { a: 'for', b: 'for', c: 'against' },
      closesOn,
      'against',
    ],
    ['one is silent on the closing day', ['a', 'b'], { a: 'for' }, closesOn, null],
    ['one is silent after the closing day', ['a', 'b'], { a: 'for' }, '2020-03-03', 'silent'],
    [
      'a member admitted meanwhile has to agree too',
      ['a', 'b', 'new'],
      { a: 'for', b: 'for' },
      '2020-02-20',
      null,
    ],
    ['and does', ['a', 'b', 'new'], { a: 'for', b: 'for', new: 'for' }, '2020-02-20', 'unanimous'],
    ['a member that left counts no more', ['a'], { a: 'for' }, '2020-02-20', 'unanimous'],
    ['also when it was for', ['a', 'b'], { a: 'for', left: 'for' }, '2020-02-20', null],
    ['one member alone decides', ['a'], { a: 'for' }, '2020-02-20', 'unanimous'],
    ['nobody may vote: nothing is decided', [], {}, '2020-02-20', 'nobody'],
  ] as const)('%s', (_, entitled, given, today, outcome) => {
    expect(judgeUnanimity({ entitled, answers: answers(given), closesOn, today })).toBe(outcome)
  })

  it('is adopted only when everyone entitled said "for", whatever was answered', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    const given = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.constantFrom<WrittenChoice>('for', 'against'),
    )
    fc.assert(
      fc.property(
        ids,
        given,
        fc.constantFrom('2020-02-20', closesOn, '2020-04-01'),
        (entitled, said, today) => {
          const outcome = judgeUnanimity({ entitled, answers: answers(said), closesOn, today })
          const everyone = entitled.length > 0 && entitled.every((id) => said[id] === 'for')
          expect(outcome === 'unanimous').toBe(everyone)
        },
      ),
    )
  })
})

it.each([
  ['2020-02-20', '2020-02-20'],
  [closesOn, closesOn],
  ['2020-03-03', closesOn],
])('on %s the members are counted as of %s', (today, day) => {
  expect(countedOn(closesOn, today)).toBe(day)
})

it('says who came and who left', () => {
  expect(electorateChanges(['a', 'b'], ['b', 'd', 'c'])).toEqual({ joined: ['c', 'd'], left: ['a'] })
})
