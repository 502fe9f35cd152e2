import { describe, expect, it } from 'vitest'
import { checkSubmission, type Submission } from './motion-submission.js'

const early: Submission = {
  assembly: {
    heldOn: '2020-02-15',
    startsAt: new Date('2020-02-15T09:00:00Z'),
    endedAt: null,
    convenedOn: '2020-01-31',
    motionsAllowedAt: null,
  },
  now: new Date('2020-02-08T09:00:00Z'),
  today: '2020-02-08',
  term: { lastDay: '2020-02-08', article: 'artikel 16 lid 3' },
  byOrgan: false,
  decisionType: 'ordinary',
}
const late = { now: new Date('2020-02-09T09:00:00Z'), today: '2020-02-09' }
const running = { now: new Date('2020-02-15T10:00:00Z'), today: '2020-02-15' }
const allowed = { assembly: { ...early.assembly, motionsAllowedAt: running.now } }

describe('submitting a motion', () => {
  it.each<[string, Partial<Submission>, string[]]>([
    ['on the last day of the statutes', {}, []],
    ['a day later', late, ['motion.tooLate']],
    ['a day later, by the chair', { ...late, byOrgan: true }, []],
    ['whenever, when the statutes set no day', { ...late, term: null }, []],
    ['in the assembly', running, ['motion.notAllowedNow']],
    ['in the assembly, when the chair allows it', { ...running, ...allowed }, []],
    ['in the assembly, by an organ', { ...running, byOrgan: true }, []],
    ['after the assembly', { assembly: { ...early.assembly, endedAt: late.now } }, ['assembly.ended']],
    [
      'to change the statutes, after the convocation (BW 2:42)',
      { decisionType: 'statuteChange', byOrgan: true },
      ['motion.statuteChangeTooLate'],
    ],
    [
      'to change the statutes, before the convocation',
      { decisionType: 'statuteChange', assembly: { ...early.assembly, convenedOn: null } },
      [],
    ],
  ])('%s', (_, change, codes) => {
    expect(checkSubmission({ ...early, ...change }).map(({ code }) => code)).toEqual(codes)
  })
})
