import { describe, expect, it } from 'vitest'
import {
  checkNewCase,
  checkStep,
  type DepartureCase,
  type DepartureType,
  type StepType,
  stateOf,
} from './departure.js'

const of = (
  type: DepartureType,
  { takesEffectOn = null, appealUntil = null, steps = [] }: Partial<DepartureCase> = {},
): DepartureCase => ({ type, takesEffectOn, appealUntil, steps })

const resigned = of('resigned', { takesEffectOn: '2021-01-01' })
const expelled = (...steps: StepType[]) => of('expelled', { appealUntil: '2020-03-17', steps })
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('how a case stands', () => {
  it.each<[string, DepartureCase, string, string]>([
    ['a resignation before its end', resigned, '2020-12-31', 'running'],
    ['a resignation from its end on', resigned, '2021-01-01', 'done'],
    ['a resignation taken back', { ...resigned, steps: ['withdrawn'] }, '2021-01-01', 'withdrawn'],
    ['an expulsion on the last day to appeal', expelled(), '2020-03-17', 'running'],
    ['an expulsion a day later', expelled(), '2020-03-18', 'appealLapsed'],
    ['an expulsion that was appealed', expelled('appealed'), '2020-06-01', 'appealed'],
    ['an expulsion that the ALV upheld', expelled('appealed', 'upheld'), '2020-06-01', 'upheld'],
    ['a suspension, however long (no maximum)', of('suspended'), '2030-01-01', 'running'],
    ['a request for the other kind', of('kindSwitch'), '2020-03-01', 'running'],
  ])('%s', (_, departure, today, state) => {
    expect(stateOf(departure, today)).toBe(state)
  })
})

describe('a step', () => {
  it.each<[string, DepartureCase, StepType, string, string[]]>([
    ['taking a resignation back on the last day', resigned, 'withdrawn', '2020-12-31', []],
    ['taking it back too late', resigned, 'withdrawn', '2021-01-01', ['departure.tooLateToWithdraw']],
    ['appeal on the last day (BW 2:35 lid 4)', expelled(), 'appealed', '2020-03-17', []],
    ['appeal a day later', expelled(), 'appealed', '2020-03-18', ['departure.appealTooLate']],
    ['a second appeal', expelled('appealed'), 'appealed', '2020-03-01', ['departure.alreadyAppealed']],
    ['the end while appeal is possible', expelled(), 'lapsed', '2020-03-17', ['departure.appealStillOpen']],
    ['the end after the term', expelled(), 'lapsed', '2020-03-18', []],
    ['the end under appeal', expelled('appealed'), 'lapsed', '2020-06-01', ['departure.appealStillOpen']],
    ['a decision without an appeal', expelled(), 'upheld', '2020-03-01', ['departure.noAppeal']],
    ['the ALV overturns', expelled('appealed'), 'overturned', '2020-06-01', []],
    ['anything after that', expelled('appealed', 'overturned'), 'upheld', '2020-06-02', ['departure.closed']],
    ['lifting a suspension', of('suspended'), 'lifted', '2020-06-01', []],
    ['lifting a resignation', resigned, 'lifted', '2020-06-01', ['departure.wrongStep']],
  ])('%s', (_, departure, step, today, expected) => {
    expect(codes(checkStep(departure, step, today))).toEqual(expected)
  })
})

describe('a new case', () => {
  const member = { status: 'member' as const, open: [] }
  it.each<[string, DepartureType, string | null, Parameters<typeof checkNewCase>[2], string[]]>([
    ['a member resigns', 'resigned', '2021-01-01', member, []],
    ['a suspended member may resign too', 'resigned', '2021-01-01', { ...member, status: 'suspended' }, []],
    ['a former member', 'resigned', '2021-01-01', { ...member, status: 'former' }, ['departure.notAMember']],
    ['twice', 'resigned', '2021-01-01', { ...member, open: [resigned] }, ['departure.alreadyLeaving']],
    ['a sooner end', 'dissolved', '2020-06-01', { ...member, open: [resigned] }, []],
    ['suspended', 'suspended', null, { ...member, status: 'suspended' }, ['departure.alreadySuspended']],
    ['expelled twice', 'expelled', null, { ...member, open: [expelled()] }, ['departure.expulsionRuns']],
    ['two requests', 'kindSwitch', null, { ...member, open: [of('kindSwitch')] }, ['departure.switchRuns']],
  ])('%s', (_, type, takesEffectOn, standing, expected) => {
    expect(codes(checkNewCase(type, takesEffectOn, standing))).toEqual(expected)
  })
})
