import { describe, expect, it } from 'vitest'
import { checkAdjournment } from './adjournment.js'
import { assemblyPhase, checkAttendance, checkOpening } from './assembly-phase.js'

const at = (text: string) => new Date(text)
const running = { heldOn: '2020-02-15', startsAt: at('2020-02-15T10:00:00+01:00'), endedAt: null }
const later = { ...running, heldOn: '2020-02-20', resumesAt: at('2020-02-20T19:00:00+01:00') }
const wish = { resumesAt: at('2020-02-20T19:00:00+01:00'), reason: 'Het is laat.' }
const now = at('2020-02-15T12:00:00+01:00')

describe('adjourning an assembly', () => {
  it.each([
    ['it runs', running, 0, wish, undefined],
    [
      'until later the same day',
      running,
      0,
      { ...wish, resumesAt: at('2020-02-15T13:00:00+01:00') },
      undefined,
    ],
    [
      'it has not begun',
      { ...running, startsAt: at('2020-02-15T13:00:00+01:00') },
      0,
      wish,
      'assembly.notBegun',
    ],
    ['it has ended', { ...running, endedAt: now }, 0, wish, 'assembly.ended'],
    ['it is adjourned already', later, 0, wish, 'assembly.adjourned'],
    ['a poll is open', running, 1, wish, 'assembly.pollsUnfinished'],
    ['to a moment that has passed', running, 0, { ...wish, resumesAt: now }, 'adjournment.past'],
    ['without a reason', running, 0, { ...wish, reason: ' ' }, 'adjournment.reasonNeeded'],
  ])('%s', (_, assembly, polls, asked, code) => {
    expect(checkAdjournment(assembly, polls, asked, now)[0]?.code).toBe(code)
  })

  it('stands still until it goes on, and takes attendance anew on that day', () => {
    expect(assemblyPhase(later, now)).toBe('adjourned')
    expect(checkOpening(later, now)[0]?.code).toBe('assembly.adjourned')
    expect(checkAttendance(later, at('2020-02-19T12:00:00+01:00'), '2020-02-19')[0]?.code).toBe(
      'assembly.notToday',
    )
    expect(checkAttendance(later, at('2020-02-20T18:30:00+01:00'), '2020-02-20')).toEqual([])
    expect(assemblyPhase(later, wish.resumesAt)).toBe('running')
  })
})
