import { describe, expect, it } from 'vitest'
import { assemblyPhase, checkAttendance, checkOpening } from './assembly-phase.js'

const startsAt = new Date('2020-02-15T13:00:00Z')
const assembly = { heldOn: '2020-02-15', startsAt, endedAt: null }
const over = { ...assembly, endedAt: new Date('2020-02-15T16:00:00Z') }
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('an assembly', () => {
  it.each([
    ['2020-02-14T12:00:00Z', '2020-02-14', 'upcoming', ['assembly.notBegun'], ['assembly.notToday']],
    ['2020-02-15T12:59:59Z', '2020-02-15', 'upcoming', ['assembly.notBegun'], []],
    ['2020-02-15T13:00:00Z', '2020-02-15', 'running', [], []],
    ['2020-02-15T23:30:00Z', '2020-02-16', 'running', [], []],
  ])('at %s', (instant, today, phase, opening, attendance) => {
    const now = new Date(instant)
    expect(assemblyPhase(assembly, now)).toBe(phase)
    expect(codes(checkOpening(assembly, now))).toEqual(opening)
    expect(codes(checkAttendance(assembly, now, today))).toEqual(attendance)
  })

  it('that has ended opens no poll and takes no attendance', () => {
    const now = new Date('2020-02-15T16:00:01Z')
    expect(assemblyPhase(over, now)).toBe('ended')
    expect(codes(checkOpening(over, now))).toEqual(['assembly.ended'])
    expect(codes(checkAttendance(over, now, '2020-02-15'))).toEqual(['assembly.ended'])
  })
})
