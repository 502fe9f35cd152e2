import { describe, expect, it } from 'vitest'
import {
  checkAnswer,
  checkJudge,
  checkProposing,
  type JudgeAnswer,
  judgementState,
  type LastJudgement,
  summaryOf,
  type Verdict,
} from './judging.js'

const last = (answer: JudgeAnswer | null): LastJudgement => ({ verdict: 'met', proposedBy: 'team', answer })
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

it.each<[LastJudgement | null, string]>([
  [null, 'none'],
  [last(null), 'proposed'],
  [last('disputed'), 'disputed'],
  [last('confirmed'), 'confirmed'],
])('the judgement stands %#', (judgement, state) => {
  expect(judgementState(judgement)).toBe(state)
})

describe('proposing a judgement', () => {
  const known = { agreed: true, yearEnd: '2019-12-31', last: null as LastJudgement | null }
  it.each<[string, object, string, string, string[]]>([
    ['after the year', {}, '300 mensen deden mee', '2020-01-01', []],
    ['on the last day of the year', {}, 'x', '2019-12-31', ['judgement.yearNotOver']],
    ['of a plan that is not agreed', { agreed: false }, 'x', '2020-01-01', ['judgement.notAgreed']],
    ['while one waits', { last: last(null) }, 'x', '2020-01-01', ['judgement.waiting']],
    ['after one was confirmed', { last: last('confirmed') }, 'x', '2020-01-01', ['judgement.confirmed']],
    ['after a dispute', { last: last('disputed') }, 'x', '2020-01-01', []],
    ['without evidence', {}, '', '2020-01-01', ['judgement.evidenceNeeded']],
    ['with too much of it', {}, 'x'.repeat(2001), '2020-01-01', ['judgement.evidenceTooLong']],
  ])('%s', (_, change, evidence, today, expected) => {
    expect(codes(checkProposing({ ...known, ...change }, evidence, today))).toEqual(expected)
  })
})

describe('whoever gains by it does not judge', () => {
  const judge = { personId: 'judge', isJudge: true, carriesOut: false, gainsThrough: [] as string[] }
  const confirmed = { answer: 'confirmed' as JudgeAnswer, view: '' }

  it.each<[string, object, string[]]>([
    ['the gemeente', {}, []],
    ['somebody else', { isJudge: false }, ['judgement.notJudge']],
    ['a director who is in the kascommissie too', { carriesOut: true }, ['judgement.carriesOut']],
    ['the kascommissie, of a member that stands surety', { gainsThrough: ['GSMO'] }, ['judgement.gains']],
  ])('%s', (_, change, expected) => {
    expect(codes(checkJudge({ ...judge, ...change }))).toEqual(expected)
    expect(codes(checkAnswer(last(null), { ...judge, ...change }, confirmed))).toEqual(expected)
  })

  it('names the organisations that gain', () => {
    const [violation] = checkJudge({ ...judge, gainsThrough: ['A', 'B'] })
    expect(violation!.params).toEqual({ organisations: 'A, B' })
  })

  it.each<[string, LastJudgement | null, object, string[]]>([
    ['confirms', last(null), {}, []],
    ['on nothing', null, {}, ['judgement.none']],
    ['a second time', last('confirmed'), {}, ['judgement.answered']],
    ['on a disputed one', last('disputed'), {}, ['judgement.answered']],
    ['disputes without a view', last(null), { answer: 'disputed' }, ['judgement.viewNeeded']],
    ['disputes', last(null), { answer: 'disputed', view: 'Wij telden er 80' }, []],
    ['says too much', last(null), { view: 'x'.repeat(2001) }, ['judgement.viewTooLong']],
    [
      'on the own proposal',
      { verdict: 'met', proposedBy: 'judge', answer: null },
      {},
      ['judgement.ownProposal'],
    ],
  ])('%s', (_, judgement, change, expected) => {
    expect(codes(checkAnswer(judgement, judge, { ...confirmed, ...change }))).toEqual(expected)
  })
})

it.each<[(Verdict | null)[], boolean, boolean]>([
  [[], false, false],
  [['met', null], false, false],
  [['met', 'met'], true, true],
  [['met', 'partly'], true, false],
  [['notMet'], true, false],
])('the summary of %j: all judged %s, all met %s', (given, allJudged, metAll) => {
  expect(summaryOf(given.map((verdict) => ({ verdict })))).toEqual({ allJudged, metAll })
})
