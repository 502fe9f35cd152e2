import { describe, expect, it } from 'vitest'
import {
  agreedVersion,
  checkAnswering,
  checkRecording,
  type PlanAnswer,
  planState,
  type RecordedVersion,
} from './course.js'

const version = (number: number, answer: PlanAnswer | null): RecordedVersion => ({
  ...{ version: number, sha256: `sha-${number}`, recordedBy: 'director', answer },
})
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('where the plan stands', () => {
  it.each<[string, RecordedVersion[], number, string, number | null]>([
    ['nothing written', [], 0, 'empty', null],
    ['goals written', [], 3, 'draft', null],
    ['recorded', [version(1, null)], 3, 'waiting', null],
    ['refused by the gemeente', [version(1, 'refused')], 3, 'refused', null],
    ['confirmed', [version(1, 'agreed')], 3, 'agreed', 1],
    ['another version recorded', [version(1, 'agreed'), version(2, null)], 3, 'waiting', 1],
    ['another version refused', [version(1, 'agreed'), version(2, 'refused')], 3, 'refused', 1],
    ['another version confirmed', [version(1, 'agreed'), version(2, 'agreed')], 3, 'agreed', 2],
  ])('%s', (_, versions, goals, state, holds) => {
    expect(planState(versions, goals)).toBe(state)
    expect(agreedVersion(versions)?.version ?? null).toBe(holds)
  })
})

describe('recording as agreed', () => {
  const recording = { goals: 2, sha256: 'sha-9', agreedOn: '2018-12-20', reason: '' }
  it.each<[string, RecordedVersion[], object, string[]]>([
    ['the first time', [], {}, []],
    ['without goals', [], { goals: 0 }, ['workPlan.noGoals']],
    ['for a day to come', [], { agreedOn: '2018-12-22' }, ['workPlan.agreedInFuture']],
    ['on the day itself', [], { agreedOn: '2018-12-21' }, []],
    ['a change without a reason', [version(1, 'agreed')], {}, ['workPlan.reasonNeeded']],
    ['a change with a reason', [version(1, 'agreed')], { reason: 'Minder geld' }, []],
    [
      'a change with too long a reason',
      [version(1, 'agreed')],
      { reason: 'x'.repeat(1001) },
      ['workPlan.reasonTooLong'],
    ],
    ['the same again', [version(9, 'agreed')], { reason: 'Nog eens' }, ['workPlan.unchanged']],
    ['the same while it waits', [version(9, null)], { reason: 'Nog eens' }, ['workPlan.unchanged']],
    ['the same after a refusal', [version(9, 'refused')], { reason: 'Nu wel ondertekend' }, []],
    ['another one while one waits', [version(1, null)], { reason: 'Schrijffout' }, []],
  ])('%s', (_, versions, change, expected) => {
    expect(codes(checkRecording(versions, { ...recording, ...change }, '2018-12-21'))).toEqual(expected)
  })
})

describe('the answer of the gemeente', () => {
  const given = { sha256: 'sha-1', answer: 'agreed' as PlanAnswer, note: '', personId: 'gemeente' }
  it.each<[string, RecordedVersion[], object, string[]]>([
    ['confirms', [version(1, null)], {}, []],
    ['on nothing', [], {}, ['workPlan.none']],
    ['on another text', [version(1, null)], { sha256: 'sha-0' }, ['workPlan.otherText']],
    [
      'on an earlier version',
      [version(1, null), version(2, null)],
      { sha256: 'sha-1' },
      ['workPlan.otherText'],
    ],
    ['a second time', [version(1, 'agreed')], {}, ['workPlan.answered']],
    ['on the own recording', [version(1, null)], { personId: 'director' }, ['workPlan.ownRecording']],
    ['refuses without saying why', [version(1, null)], { answer: 'refused' }, ['workPlan.noteNeeded']],
    ['refuses', [version(1, null)], { answer: 'refused', note: 'Doel 3 klopt niet' }, []],
    ['says too much', [version(1, null)], { note: 'x'.repeat(1001) }, ['workPlan.noteTooLong']],
  ])('%s', (_, versions, change, expected) => {
    expect(codes(checkAnswering(versions, { ...given, ...change }))).toEqual(expected)
  })
})
