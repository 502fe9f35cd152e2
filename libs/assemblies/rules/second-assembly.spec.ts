import { describe, expect, it } from 'vitest'
import { checkSecond, secondUntil } from './second-assembly.js'

const rule = { weeks: 4, article: 'artikel 24 lid 4' }
const poll = { quorumReached: false, unsettled: false, heldOn: '2020-02-15' }

describe('a second assembly after a failed quorum (statutes, as BW 2:120 lid 2 has it for companies)', () => {
  it.each([
    ['the day after', poll, rule, '2020-02-16', undefined],
    ['the last day of four weeks', poll, rule, '2020-03-14', undefined],
    ['a day later', poll, rule, '2020-03-15', 'second.tooLate'],
    ['the same day', poll, rule, '2020-02-15', 'second.tooEarly'],
    ['no day yet', poll, rule, null, undefined],
    ['the statutes know none', poll, null, '2020-02-20', 'second.notInStatutes'],
    ['the quorum was there', { ...poll, quorumReached: true }, rule, '2020-02-20', 'second.quorumReached'],
    ['the result is disputed', { ...poll, unsettled: true }, rule, '2020-02-20', 'second.unsettled'],
  ])('%s', (_, failed, statute, day, code) => {
    expect(checkSecond(failed, statute, day)[0]?.code).toBe(code)
  })

  it('counts weeks as days of the calendar', () => {
    expect(secondUntil({ heldOn: '2020-03-27' }, { weeks: 1 })).toBe('2020-04-03')
  })
})
