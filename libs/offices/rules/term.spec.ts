import { describe, expect, it } from 'vitest'
import { conflicts, conflictsOf, type Office } from './offices.js'
import { checkConflicts, checkDays, checkSeats, type HeldTerm } from './term.js'

const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('checkDays', () => {
  it.each<[string, Office, string, string | null, string[]]>([
    ['a chair without an end', 'chair', '2020-01-01', null, []],
    ['an end on the first day', 'chair', '2020-01-01', '2020-01-01', ['office.endBeforeStart']],
    ['an end before the start', 'chair', '2020-01-01', '2019-01-01', ['office.endBeforeStart']],
    [
      'the kascommissie without an end (BW 2:48: every year)',
      'auditCommittee',
      '2020-01-01',
      null,
      ['office.endNeeded'],
    ],
    ['the kascommissie from one ALV to the next', 'auditCommittee', '2020-04-18', '2021-05-01', []],
    ['until the last day of the next year', 'auditCommittee', '2020-04-18', '2022-01-01', []],
    ['a day longer', 'auditCommittee', '2020-04-18', '2022-01-02', ['office.termTooLong']],
    ['ambassadors are chosen every year', 'ambassador', '2020-04-18', null, ['office.endNeeded']],
  ])('%s', (_, office, from, until, expected) => {
    expect(codes(checkDays(office, { from, until }))).toEqual(expected)
  })
})

describe('checkSeats', () => {
  const term = (personId: string, from: string, until: string | null = null): HeldTerm => ({
    personId,
    from,
    until,
  })
  const five = ['a', 'b', 'c', 'd', 'e'].map((id) => term(id, '2020-01-01', '2021-01-01'))
  it.each<[string, Office, HeldTerm, HeldTerm[], string[]]>([
    ['an empty seat', 'chair', term('a', '2020-01-01'), [], []],
    ['a second chair', 'chair', term('a', '2020-01-01'), [term('b', '2019-01-01')], ['office.seatsTaken']],
    ['the chair after', 'chair', term('a', '2020-01-01'), [term('b', '2019-01-01', '2020-01-01')], []],
    ['before one who comes', 'chair', term('a', '2020-01-01', '2020-06-01'), [term('b', '2020-06-01')], []],
    [
      'into one who comes',
      'chair',
      term('a', '2020-01-01'),
      [term('b', '2020-06-01')],
      ['office.seatsTaken'],
    ],
    [
      'the same person again',
      'chair',
      term('a', '2020-01-01'),
      [term('a', '2019-01-01')],
      ['office.alreadyHolds'],
    ],
    ['a sixth ambassador', 'ambassador', term('f', '2020-06-01', '2021-06-01'), five, ['office.seatsTaken']],
    ['after the five', 'ambassador', term('f', '2021-01-01', '2022-01-01'), five, []],
    ['a fifth ambassador', 'ambassador', term('f', '2020-06-01', '2021-06-01'), five.slice(1), []],
    ['many in the kascommissie', 'auditCommittee', term('f', '2020-06-01', '2021-06-01'), five, []],
  ])('%s', (_, office, given, held, expected) => {
    expect(codes(checkSeats(office, given, held))).toEqual(expected)
  })
})

describe('checkConflicts', () => {
  const span = { from: '2020-01-01', until: '2021-01-01' }
  const all = conflicts.flatMap((one) => [
    [one.office, one.with, one.source] as const,
    ...(one.with in { chair: 1, director: 1, ambassador: 1 }
      ? [[one.with, one.office, one.source] as const]
      : []),
  ])

  it.each(all)('%s and %s (%s)', (office, role, source) => {
    const [violation] = checkConflicts(office as Office, span, [{ ...span, role }])
    expect(violation).toMatchObject({ code: 'office.conflict', params: { office, other: role, source } })
  })

  it.each([
    ['what ended before', { from: '2019-01-01', until: '2020-01-01' }],
    ['what begins after', { from: '2021-01-01', until: null }],
  ])('is not about %s', (_, other) => {
    expect(checkConflicts('auditCommittee', span, [{ ...other, role: 'director' }])).toEqual([])
  })

  it('lets a delegate be ambassador, and a delegate be in the kascommissie', () => {
    for (const office of ['ambassador', 'auditCommittee', 'director'] as const)
      expect(checkConflicts(office, span, [{ ...span, role: 'delegate' }])).toEqual([])
  })

  it('names each conflict once', () => {
    expect(conflictsOf('auditCommittee').map((one) => one.with)).toHaveLength(7)
    expect(
      conflictsOf('director')
        .map((one) => one.with)
        .sort(),
    ).toEqual(['ambassador', 'auditCommittee', 'chair'])
  })
})
