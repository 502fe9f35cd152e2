import { describe, expect, it } from 'vitest'
import { checkReview, type Finding, type JudgedCriterion } from './assessment.js'

const judged = (...found: (Finding | null)[]): JudgedCriterion[] =>
  found.map((finding, at) => ({ key: `c${at}`, finding, note: finding === 'met' ? '' : 'waarom' }))

describe('ending an assessment', () => {
  it.each([
    ['asking back with a question', 'askedBack', judged('met', 'ask', null), 'Wie tekent?', []],
    ['asking back without one', 'askedBack', judged('ask'), ' ', ['admission.questionMissing']],
    ['advising admission when all is met', 'adviseAdmission', judged('met', 'met'), '', []],
    [
      'advising admission when something is not met',
      'adviseAdmission',
      judged('met', 'notMet', 'ask'),
      '',
      ['admission.notAllMet', 'admission.notAllMet'],
    ],
    ['advising before all is judged', 'adviseAdmission', judged('met', null), '', ['admission.notJudged']],
    ['advising refusal with reasons', 'adviseRefusal', judged('met', 'notMet'), 'Winst', []],
    ['advising refusal without', 'adviseRefusal', judged('notMet'), '', ['admission.adviceReason']],
    [
      'not met without a note',
      'adviseRefusal',
      [{ key: 'a', finding: 'notMet' as const, note: '' }],
      'Winst',
      ['admission.noteMissing'],
    ],
  ] as const)('%s', (_, outcome, criteria, message, codes) => {
    expect(checkReview(outcome, criteria, message).map(({ code }) => code)).toEqual(codes)
  })
})
