import { describe, expect, it } from 'vitest'
import { type MembershipEvent, membershipOn } from './membership.js'

const history: MembershipEvent[] = [
  { on: '2019-01-01', type: 'admitted', kind: 'supporting' },
  { on: '2019-06-01', type: 'kindChanged', kind: 'voting' },
  { on: '2019-09-01', type: 'suspended' },
  { on: '2019-10-01', type: 'reinstated' },
  { on: '2019-12-31', type: 'ended' },
]

describe('membershipOn', () => {
  it.each([
    ['2018-12-31', 'none', null, false],
    ['2019-01-01', 'member', 'supporting', false],
    ['2019-05-31', 'member', 'supporting', false],
    ['2019-06-01', 'member', 'voting', true],
    ['2019-09-01', 'suspended', 'voting', false],
    ['2019-10-01', 'member', 'voting', true],
    ['2019-12-30', 'member', 'voting', true],
    ['2019-12-31', 'former', null, false],
    ['2025-01-01', 'former', null, false],
  ])('on %s: %s, kind %s, may vote %s (BW 2:38)', (day, status, kind, mayVote) => {
    expect(membershipOn(day, history)).toMatchObject({ status, kind, mayVote })
  })

  it('does not depend on the order in which different days were recorded', () => {
    expect(membershipOn('2019-11-01', [...history].reverse())).toEqual(membershipOn('2019-11-01', history))
  })

  it('takes facts of one day in the order of recording', () => {
    const sameDay: MembershipEvent[] = [
      { on: '2019-01-01', type: 'admitted', kind: 'voting' },
      { on: '2019-01-01', type: 'suspended' },
    ]
    expect(membershipOn('2019-01-01', sameDay).status).toBe('suspended')
    expect(membershipOn('2019-01-01', [...sameDay].reverse()).status).toBe('member')
  })

  it('counts membership from the last admission', () => {
    const again: MembershipEvent[] = [...history, { on: '2021-01-01', type: 'admitted', kind: 'voting' }]
    expect(membershipOn('2021-02-01', again)).toMatchObject({ since: '2021-01-01', mayVote: true })
  })
})
