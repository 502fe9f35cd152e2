import { describe, expect, it } from 'vitest'
import { type HeldDetails, noParticulars } from './details.js'
import type { MembershipEvent } from './membership.js'
import { changedPeriods, periodsOf } from './periods.js'

const events: MembershipEvent[] = [
  { on: '2019-01-01', type: 'admitted', kind: 'voting' },
  { on: '2019-06-01', type: 'suspended' },
  { on: '2019-06-01', type: 'reinstated' },
  { on: '2020-01-01', type: 'ended' },
]
const named = (on: string, name: string): HeldDetails => ({
  ...noParticulars,
  ...{ id: `${on} ${name}`, on, name, founder: false, note: null },
})
const shown = (...given: Parameters<typeof periodsOf>) =>
  periodsOf(...given).map(({ from, until, status, name }) => `${from}–${until ?? ''} ${status} ${name}`)

describe('periodsOf', () => {
  it('says when something changed, and leaves out days on which nothing did', () => {
    expect(shown(events, [named('2019-01-01', 'A'), named('2019-03-01', 'B')])).toEqual([
      '2019-01-01–2019-03-01 member A',
      '2019-03-01–2020-01-01 member B',
      '2020-01-01– former B',
    ])
  })

  it.each<[string, HeldDetails[], string]>([
    ['before the first name holds, that one', [named('2019-03-01', 'A')], 'A'],
    [
      'of two names of one day, what was recorded last',
      [named('2019-01-01', 'A'), named('2019-01-01', 'B')],
      'B',
    ],
    [
      'of two first names that do not hold yet, the last too',
      [named('2019-03-01', 'A'), named('2019-03-01', 'B')],
      'B',
    ],
    ['by day, not by order of recording', [named('2019-01-01', 'A'), named('2018-01-01', 'B')], 'A'],
  ])('%s', (_, details, name) => {
    expect(periodsOf(events, details)[0]?.name).toBe(name)
  })

  it('has nothing before the first fact, nor of who was never a member', () => {
    expect(shown([], [named('2019-01-01', 'A')])).toEqual([])
    expect(
      shown([{ on: '2019-01-01', type: 'kindChanged', kind: 'voting' }], [named('2018-01-01', 'A')]),
    ).toEqual([])
  })

  it('refuses a member without a name', () => {
    expect(() => periodsOf(events, [])).toThrow('member.nameNeeded')
  })
})

describe('changedPeriods', () => {
  it('closes what no longer holds and opens what is new', () => {
    const known = periodsOf(events, [named('2019-01-01', 'A')])
    const now = periodsOf(events.slice(0, 3), [named('2019-01-01', 'A')])
    expect(changedPeriods(known, now)).toEqual({ closed: known, opened: now })
    expect(changedPeriods(now, now)).toEqual({ closed: [], opened: [] })
  })
})
