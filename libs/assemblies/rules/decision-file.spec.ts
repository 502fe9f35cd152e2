import { describe, expect, it } from 'vitest'
import { checkDecisionFile, type DecisionFile } from './decision-file.js'

const sound: DecisionFile = {
  decision: {
    number: '2020-03',
    title: 'Werkplan',
    question: 'Vaststellen?',
    adopted: true,
    decidedOn: '2020-02-15',
  },
  poll: {
    id: 'p',
    assembly: 'ALV',
    heldOn: '2020-02-15',
    openedAt: '2020-02-15T10:00:00.000Z',
    closedAt: '2020-02-15T10:05:00.000Z',
    electorateHash: null,
  },
  rule: {
    asOf: '2020-02-15',
    majority: { fraction: '1/2', strict: true, base: 'cast', article: '18' },
    quorum: { required: { fraction: '1/2', strict: false }, article: '17' },
    blank: { counts: 'excluded', article: '18' },
    votesPerMember: { votes: 1, article: '16' },
  },
  electors: ['a', 'b', 'c', 'd'].map((memberId, at) => ({
    memberId,
    memberNumber: at + 1,
    memberName: `Lid ${memberId}`,
    weight: 1,
    casterIds: [`delegate of ${memberId}`],
    ...{ holderId: null, proxyId: null },
    checkedIn: memberId === 'd',
  })),
  ballots: [
    ['a', 'for'],
    ['b', 'for'],
    ['c', 'against'],
  ].map(([memberId = '', choice = '']) => ({
    memberId,
    choice,
    castAt: '2020-02-15T10:01:00.000Z',
    reference: `REF-${memberId}`,
    entered: false,
  })),
  declared: {
    tally: { for: 2, against: 1, blank: 0, invalid: 0 },
    ...{ present: 4, electorate: 4, base: 3, needed: 2, quorumNeeded: 2, quorumReached: true, adopted: true },
    reason:
      '2 van de 3 uitgebrachte stemmen waren voor. Nodig was meer dan de helft, dus ten minste 2 voor. Het quorum is gehaald: er waren 4 van de 4 stemmen aanwezig of vertegenwoordigd; nodig was de helft, dus ten minste 2. Het voorstel is aangenomen.',
  },
  aftermath: { replaces: null, replacedBy: null, challenge: null, rulings: [], conflicts: [] },
}
const [a, b, c] = sound.ballots as [
  DecisionFile['ballots'][0],
  DecisionFile['ballots'][0],
  DecisionFile['ballots'][0],
]
const codes = (changes: Partial<DecisionFile>) =>
  checkDecisionFile({ ...sound, ...changes }).map(({ code, path }) => [
    code.slice('decisionFile.'.length),
    path,
  ])

describe('checkDecisionFile', () => {
  it('agrees with a decision that was counted well, in whatever order the lists stand', () => {
    expect(checkDecisionFile(sound)).toEqual([])
    const turned = { electors: [...sound.electors].reverse(), ballots: [...sound.ballots].reverse() }
    expect(codes(turned)).toEqual([])
  })

  it.each<[string, Partial<DecisionFile>, string[]]>([
    ['a ballot twice', { ballots: [a, a, b, c] }, ['ballot.twice', 'ballot.twice']],
    ['a ballot of a stranger', { ballots: [{ ...a, memberId: 'x' }, b, c] }, ['ballot.noElector']],
    ['a choice that is none', { ballots: [{ ...a, choice: 'yes' }, b, c] }, ['ballot.choice']],
    [
      'a ballot before the opening',
      { ballots: [{ ...a, castAt: '2020-02-15T09:59:59.999Z' }, b, c] },
      ['ballot.outsidePoll'],
    ],
    [
      'a ballot after the closing',
      { ballots: [{ ...a, castAt: '2020-02-15T10:05:00.001Z' }, b, c] },
      ['ballot.outsidePoll'],
    ],
    [
      'an elector twice',
      { electors: [...sound.electors, sound.electors[0]!] },
      ['elector.twice', 'elector.twice'],
    ],
    [
      'an elector with more votes than the rule gives',
      { electors: [{ ...sound.electors[0]!, weight: 5 }, ...sound.electors.slice(1)] },
      ['elector.weight'],
    ],
    [
      'a holder that is no elector',
      { electors: [{ ...sound.electors[0]!, holderId: 'x', proxyId: 'p' }, ...sound.electors.slice(1)] },
      ['elector.holder'],
    ],
    [
      'a chain of proxies',
      {
        electors: sound.electors.map((elector, at) => ({
          ...elector,
          ...(at === 0 && { holderId: 'b', proxyId: 'p' }),
          ...(at === 1 && { holderId: 'c', proxyId: 'q' }),
        })),
      },
      ['elector.holder'],
    ],
    ['a number that is none', { decision: { ...sound.decision, number: '3' } }, ['decision.number']],
    [
      'a decision other than its result',
      { decision: { ...sound.decision, adopted: false } },
      ['decision.differs'],
    ],
    [
      'a rule that can not be',
      { rule: { ...sound.rule, majority: { ...sound.rule.majority, fraction: 'half' } } },
      ['rule.unusable'],
    ],
  ])('finds %s', (_, changes, found) => {
    expect(codes(changes).map(([code]) => code)).toEqual(found)
  })

  it('takes a ballot of before the opening only when it was cast in advance', () => {
    const before = { ...a, castAt: '2020-02-01T09:00:00.000Z', inAdvance: true }
    expect(codes({ ballots: [before, b, c] })).toEqual([])
    expect(codes({ ballots: [{ ...before, castAt: a.castAt }, b, c] })).toEqual([
      ['ballot.outsidePoll', undefined],
    ])
  })

  const counted = { for: 1, against: 1, blank: 0, invalid: 0, present: 3 }
  const entries = ['s', 't'].map((personId) => ({
    ...{ personId, office: personId === 's' ? 'secretary' : 'chair', count: counted },
    countedAt: '2020-02-15T10:06:00.000Z',
  }))
  const scans = [{ name: 'telblad.pdf', sha256: '0' }]
  const onPaper = {
    poll: { ...sound.poll, method: 'paper' as const },
    ballots: [{ ...a, castAt: '2020-02-01T09:00:00.000Z', inAdvance: true }],
    paper: { entries, scans },
  }
  it.each<[string, Partial<DecisionFile>, string[]]>([
    ['two people the same', onPaper, []],
    [
      'one person',
      { ...onPaper, paper: { entries: [entries[0]!, { ...entries[1]!, personId: 's' }], scans } },
      ['paper.sameHand'],
    ],
    [
      'other numbers',
      {
        ...onPaper,
        paper: { entries: [entries[0]!, { ...entries[1]!, count: { ...counted, for: 2 } }], scans },
      },
      ['paper.differs'],
    ],
    ['one count', { ...onPaper, paper: { entries: entries.slice(1), scans } }, ['paper.missing']],
    ['no count sheet', { ...onPaper, paper: { entries, scans: [] } }, ['paper.missing']],
    ['a digital ballot', { ...onPaper, ballots: [a] }, ['paper.missing']],
    ['a count beside a digital poll', { paper: { entries, scans } }, ['paper.missing']],
    [
      'more than may vote',
      {
        ...onPaper,
        paper: { entries: entries.map((one) => ({ ...one, count: { ...counted, present: 4 } })), scans },
      },
      ['paper.notACount'],
    ],
  ])('of a poll on paper: %s', (_, changes, found) => {
    expect(codes(changes).map(([code]) => code)).toEqual(found)
  })

  it('names every figure of the result that differs', () => {
    expect(codes({ ballots: [a, { ...b, choice: 'against' }, c] })).toEqual([
      ['declared.differs', 'tally'],
      ['declared.differs', 'adopted'],
      ['declared.differs', 'reason'],
    ])
    expect(codes({ electors: sound.electors.slice(0, 3) })).toEqual([
      ['declared.differs', 'present'],
      ['declared.differs', 'electorate'],
      ['declared.differs', 'reason'],
    ])
  })
})
