import { expect, it } from 'vitest'
import { checkWrittenFile, type WrittenFile } from './written-file.js'

const elector = (memberId: string, atOpening = true, atCount = true) => ({
  ...{ memberId, memberNumber: 1, memberName: `Lid ${memberId}`, atOpening, atCount },
})
const answer = (memberId: string, choice = 'for', answeredAt = '2020-02-16T10:00:00.000Z') => ({
  ...{ memberId, choice, answeredAt, reference: memberId },
})
const sound: WrittenFile = {
  decision: {
    number: '2020-01',
    title: 'T',
    question: 'Q',
    text: 'X',
    adopted: true,
    decidedOn: '2020-02-16',
  },
  course: {
    ...{ id: 'x', reasoning: '', decisionType: 'ordinary', proposedAt: '2020-02-14T10:00:00.000Z' },
    ...{ boardKnewAt: '2020-02-14T11:00:00.000Z', openedAt: '2020-02-15T10:00:00.000Z' },
    ...{ openedOn: '2020-02-15', closesOn: '2020-02-29' },
  },
  rule: { kind: 'unanimous', article: 'BW 2:40 lid 2' },
  electors: [elector('a'), elector('b'), elector('left', true, false), elector('new', false, true)],
  answers: [answer('a'), answer('b'), answer('new')],
  declared: {
    asOf: '2020-02-16',
    adopted: true,
    reason: 'unanimous',
    recordedAt: '2020-02-16T12:00:00.000Z',
  },
}

it.each([
  ['nothing', sound, []],
  ['one answer was taken out', { ...sound, answers: sound.answers.slice(1) }, ['outcome.differs']],
  [
    'one answer was turned round',
    { ...sound, answers: [answer('a', 'against'), answer('b'), answer('new')] },
    ['outcome.differs'],
  ],
  [
    'the admitted member was taken out with its answer',
    { ...sound, electors: sound.electors.slice(0, 3) },
    ['answer.noElector'],
  ],
  [
    'an answer of before the opening',
    { ...sound, answers: [...sound.answers.slice(1), answer('a', 'for', '2020-02-15T09:59:59.000Z')] },
    ['answer.outside'],
  ],
  [
    'an answer twice',
    { ...sound, answers: [...sound.answers, answer('a')] },
    ['answer.twice', 'answer.twice'],
  ],
  [
    'a blank answer',
    { ...sound, answers: [answer('a', 'blank'), answer('b'), answer('new')] },
    ['answer.choice', 'outcome.differs'],
  ],
  ['an elector twice', { ...sound, electors: [...sound.electors, elector('a')] }, ['elector.twice']],
  [
    'the board knew too late',
    { ...sound, course: { ...sound.course, boardKnewAt: '2020-02-15T10:00:01.000Z' } },
    ['board.late'],
  ],
  [
    'the register says otherwise',
    { ...sound, decision: { ...sound.decision, adopted: false } },
    ['decision.differs'],
  ],
  [
    'not taken: one silent',
    {
      ...sound,
      ...{ decision: { ...sound.decision, adopted: false }, answers: [answer('a')] },
      declared: {
        asOf: '2020-02-29',
        adopted: false,
        reason: 'silent',
        recordedAt: '2020-03-01T12:00:00.000Z',
      },
    },
    [],
  ],
] as [string, WrittenFile, string[]][])('finds: %s', (_, file, codes) => {
  expect(checkWrittenFile(file).map(({ code }) => code.replace('writtenFile.', ''))).toEqual(codes)
})
