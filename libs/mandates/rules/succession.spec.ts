import { describe, expect, it } from 'vitest'
import { type HeldMandate, membersAtOnce, type NewMandate, succeed } from './succession.js'

const delegate: HeldMandate = {
  id: 'd',
  personId: 'anna',
  function: 'delegate',
  from: '2019-01-01',
  until: null,
}
const substitute: HeldMandate = { ...delegate, id: 's', personId: 'bo', function: 'substitute' }
const coming: HeldMandate = { ...delegate, id: 'c', personId: 'coen', from: '2020-09-01' }
const given = (changes: Partial<NewMandate> = {}): NewMandate => ({
  personId: 'coen',
  function: 'delegate',
  from: '2020-03-01',
  until: null,
  ...changes,
})

describe('succeed', () => {
  it.each<[string, NewMandate, HeldMandate[], string[]]>([
    ['nobody before', given(), [], []],
    ['the one before ends on the first day', given(), [delegate], ['d ends 2020-03-01']],
    ['also for a while', given({ until: '2020-06-01' }), [delegate], ['d ends 2020-03-01']],
    ['one that ended is left alone', given(), [{ ...delegate, until: '2020-03-01' }], []],
    ['from the same day takes its place', given({ from: '2019-01-01' }), [delegate], ['d ends 2019-01-01']],
    ['another begins later', given({ personId: 'dirk' }), [coming], ['mandate.laterStands']],
    [
      'another begins later, and this ends before',
      given({ personId: 'dirk', until: '2020-09-01' }),
      [coming],
      [],
    ],
    ['a substitute beside the delegate', given({ function: 'substitute' }), [delegate], []],
    [
      'the delegate as own substitute',
      given({ function: 'substitute', personId: 'anna' }),
      [delegate],
      ['mandate.isDelegate'],
    ],
    [
      'the substitute becomes delegate',
      given({ personId: 'bo' }),
      [delegate, substitute],
      ['d ends 2020-03-01', 's ends 2020-03-01'],
    ],
    ['the same person again', given({ personId: 'anna' }), [delegate], ['mandate.alreadyActs']],
    [
      'the same person for longer',
      given({ personId: 'anna' }),
      [{ ...delegate, until: '2020-06-01' }],
      ['d ends 2020-03-01'],
    ],
  ])('%s', (_, mandate, held, expected) => {
    const { endings, violations } = succeed(mandate, held)
    expect([
      ...endings.map(({ mandateId, on }) => `${mandateId} ends ${on}`),
      ...violations.map(({ code }) => code),
    ]).toEqual(expected)
  })
})

describe('membersAtOnce', () => {
  const held = (memberId: string, from: string, until: string | null) => ({ memberId, from, until })
  it.each([
    ['nothing else', [], 1],
    ['another member', [held('x', '2019-01-01', null)], 2],
    ['one that ends before', [held('x', '2019-01-01', '2020-03-01')], 1],
    ['one that begins during', [held('x', '2020-05-01', null)], 2],
    ['two after each other', [held('x', '2019-01-01', '2020-04-01'), held('y', '2020-04-01', null)], 2],
    ['two at once', [held('x', '2019-01-01', '2020-04-02'), held('y', '2020-04-01', null)], 3],
    ['the same member in two functions', [held('x', '2019-01-01', null), held('x', '2020-04-01', null)], 2],
    ['one that begins after the end', [held('x', '2020-12-01', null)], 1],
  ])('%s', (_, others, expected) => {
    expect(membersAtOnce({ from: '2020-03-01', until: '2020-12-01' }, others)).toBe(expected)
  })
})
