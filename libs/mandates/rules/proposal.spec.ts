import { describe, expect, it } from 'vitest'
import { checkDays, checkMember, holdsFrom, type MemberStanding } from './proposal.js'

const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('checkMember', () => {
  const member: MemberStanding = { today: 'member', onFirst: 'member', onLast: 'member' }
  it.each<[string, Partial<MemberStanding>, string[]]>([
    ['a member', {}, []],
    ['a former member', { today: 'former', onFirst: 'former', onLast: 'former' }, ['mandate.notAMember']],
    ['not a member yet', { today: 'none' }, ['mandate.notAMember']],
    ['a suspended member', { today: 'suspended' }, ['mandate.suspended']],
    ['from before the admission', { onFirst: 'none' }, ['mandate.beforeMembership']],
    ['beyond the end of the membership', { onLast: 'former' }, ['mandate.memberLeaves']],
  ])('%s', (_, changes, expected) => {
    expect(codes(checkMember({ ...member, ...changes }))).toEqual(expected)
  })
})

describe('checkDays', () => {
  const by = (changes: { serviceTeam?: boolean; reason?: string } = {}) => ({
    today: '2020-02-15',
    serviceTeam: false,
    reason: '',
    ...changes,
  })
  it.each<[string, string, string | null, ReturnType<typeof by>, string[]]>([
    ['from today', '2020-02-15', null, by(), []],
    ['for one day', '2020-02-15', '2020-02-16', by(), []],
    ['an end on the first day', '2020-03-01', '2020-03-01', by(), ['mandate.endBeforeStart']],
    ['an end before the start', '2020-03-01', '2020-02-20', by(), ['mandate.endBeforeStart']],
    ['it began yesterday', '2020-02-14', null, by(), ['mandate.startPassed']],
    [
      'the service team records it afterwards',
      '2020-02-14',
      null,
      by({ serviceTeam: true }),
      ['mandate.backdateReason'],
    ],
    ['and says why', '2020-02-14', null, by({ serviceTeam: true, reason: 'Brief van 3 februari' }), []],
    [
      'all of it has passed',
      '2020-01-01',
      '2020-02-01',
      by({ serviceTeam: true, reason: 'x' }),
      ['mandate.endPassed'],
    ],
  ])('%s', (_, from, until, recorder, expected) => {
    expect(codes(checkDays({ from, until }, recorder))).toEqual(expected)
  })
})

describe('holdsFrom', () => {
  it.each([
    ['confirmed in time', '2020-03-01', '2020-02-15', '2020-02-20', '2020-03-01'],
    ['confirmed late: not before that', '2020-03-01', '2020-02-15', '2020-03-05', '2020-03-05'],
    ['recorded afterwards', '2020-01-01', '2020-02-15', '2020-02-20', '2020-01-01'],
  ])('%s', (_, from, proposedOn, confirmedOn, expected) => {
    expect(holdsFrom({ from, proposedOn }, confirmedOn)).toBe(expected)
  })
})
