import { describe, expect, it } from 'vitest'
import {
  checkAnswer,
  checkOpening,
  checkType,
  reminderDue,
  type WrittenCourse,
  writtenState,
} from './course.js'

const begun: WrittenCourse = { withdrawn: false, boardKnows: false, opened: null, outcome: null }
const known = { ...begun, boardKnows: true }
const open = { ...known, opened: { on: '2020-02-15', closesOn: '2020-02-29' } }
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

it.each([
  ['proposed', begun, '2020-02-15'],
  ['withdrawn', { ...begun, withdrawn: true }, '2020-02-15'],
  ['known', known, '2020-02-15'],
  ['open', open, '2020-02-29'],
  ['ended', open, '2020-03-01'],
  ['adopted', { ...open, outcome: 'unanimous' }, '2020-03-01'],
  ['notTaken', { ...open, outcome: 'against' }, '2020-02-16'],
  ['notTaken', { ...open, outcome: 'silent' }, '2020-03-01'],
] as const)('is %s', (state, course, today) => {
  expect(writtenState(course, today)).toBe(state)
})

describe('opening', () => {
  const right = { closesOn: '2020-02-29', today: '2020-02-15', electors: 51 }
  it.each([
    ['the board knows of it (BW 2:40 lid 2)', known, right, []],
    ['the board does not know of it yet (BW 2:40 lid 2)', begun, right, ['written.boardFirst']],
    ['it was withdrawn', { ...known, withdrawn: true }, right, ['written.withdrawn']],
    ['nobody may vote', known, { ...right, electors: 0 }, ['written.nobody']],
    ['it would close today', known, { ...right, closesOn: '2020-02-15' }, ['written.closesTooSoon']],
    ['it closes tomorrow', known, { ...right, closesOn: '2020-02-16' }, []],
    ['it closes after exactly 183 days', known, { ...right, closesOn: '2020-08-16' }, []],
    [
      'it would close later than that',
      known,
      { ...right, closesOn: '2020-08-17' },
      ['written.closesTooLate'],
    ],
  ] as const)('%s', (_, course, given, expected) => {
    expect(codes(checkOpening(course, given))).toEqual(expected)
  })
})

it.each([
  ['the statutes say nothing: the law allows everything', 'statuteChange', null, []],
  ['the statutes name it', 'statuteChange', ['ordinary', 'statuteChange'], []],
  ['the statutes leave it out', 'statuteChange', ['ordinary'], ['written.excluded']],
  ['the statutes want a meeting for everything', 'ordinary', [], ['written.excluded']],
] as const)('%s', (_, type, value, expected) => {
  expect(codes(checkType(type, value && { value, article: 'artikel 19' }))).toEqual(expected)
})

it.each([
  ['a member answers', 'open', { entitled: true, given: null }, []],
  ['the same again, also after the outcome', 'adopted', { entitled: true, given: 'for' }, []],
  ['another answer than before', 'open', { entitled: true, given: 'against' }, ['written.answeredAlready']],
  ['before it opens', 'known', { entitled: true, given: null }, ['written.notOpen']],
  ['after the closing day', 'ended', { entitled: true, given: null }, ['written.closed']],
  ['after somebody was against', 'notTaken', { entitled: true, given: null }, ['written.closed']],
  ['a member that may not vote', 'open', { entitled: false, given: null }, ['written.notEntitled']],
] as const)('%s', (_, state, { entitled, given }, expected) => {
  expect(codes(checkAnswer(state, { entitled, given, choice: 'for' }))).toEqual(expected)
})

describe('reminders seven and two days before the closing day', () => {
  it.each([
    ['2020-02-15', '2020-02-29', '2020-02-21', null],
    ['2020-02-15', '2020-02-29', '2020-02-22', 7],
    ['2020-02-15', '2020-02-29', '2020-02-26', 7],
    ['2020-02-15', '2020-02-29', '2020-02-27', 2],
    ['2020-02-15', '2020-02-29', '2020-02-29', 2],
    ['2020-02-15', '2020-02-29', '2020-03-01', null],
    // Over a leap day and over summer time.
    ['2020-02-20', '2020-03-02', '2020-02-24', 7],
    ['2020-03-10', '2020-04-01', '2020-03-25', 7],
    // Opened within a week of the closing day: only the last one.
    ['2020-02-22', '2020-02-29', '2020-02-22', null],
    ['2020-02-22', '2020-02-29', '2020-02-27', 2],
    ['2020-02-27', '2020-02-29', '2020-02-28', null],
  ] as const)('opened %s, closes %s: on %s %s', (openedOn, closesOn, today, due) => {
    expect(reminderDue(openedOn, closesOn, today)).toBe(due)
  })
})
