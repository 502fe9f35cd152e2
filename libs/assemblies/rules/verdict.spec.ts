import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { type MajorityBase, type Tally, type VerdictInput, verdict } from './verdict.js'

const MOST = Number.MAX_SAFE_INTEGER

function tally(votesFor: number, against: number, blank = 0, invalid = 0): Tally {
  return { for: votesFor, against, blank, invalid }
}

/** `'>1/2'` is more than half, `'2/3'` at least two thirds. */
function threshold(text: string) {
  return { fraction: Fraction.parse(text.replace('>', '')), strict: text.startsWith('>') }
}

function input(
  votes: Tally,
  majority: string,
  change: Partial<VerdictInput> & { base?: MajorityBase } = {},
): VerdictInput {
  const { base = 'cast', ...rest } = change
  const sum = votes.for + votes.against + votes.blank + votes.invalid
  return {
    tally: votes,
    majority: { ...threshold(majority), base },
    blank: 'excluded',
    present: sum,
    electorate: sum,
    quorum: null,
    ...rest,
  }
}

describe('verdict', () => {
  it.each<[string, VerdictInput, { adopted: boolean; base: number; needed: number }]>([
    [
      'an absolute majority is more than half',
      input(tally(24, 22), '>1/2'),
      { adopted: true, base: 46, needed: 24 },
    ],
    ['half is not more than half', input(tally(23, 23), '>1/2'), { adopted: false, base: 46, needed: 24 }],
    ['half of an odd number', input(tally(23, 22), '>1/2'), { adopted: true, base: 45, needed: 23 }],
    ['at least half', input(tally(23, 23), '1/2'), { adopted: true, base: 46, needed: 23 }],
    [
      'change of statutes, BW 2:43: 2/3 of 9 is 6',
      input(tally(6, 3), '2/3'),
      { adopted: true, base: 9, needed: 6 },
    ],
    ['2/3 of 10 is 7', input(tally(6, 4), '2/3'), { adopted: false, base: 10, needed: 7 }],
    ['more than 2/3 of 9 is 7', input(tally(6, 3), '>2/3'), { adopted: false, base: 9, needed: 7 }],
    ['a fraction need not be reduced', input(tally(6, 3), '66/99'), { adopted: true, base: 9, needed: 6 }],
    ['1/1: one against is too many', input(tally(9, 1), '1/1'), { adopted: false, base: 10, needed: 10 }],
    ['1/1: all', input(tally(10, 0), '1/1'), { adopted: true, base: 10, needed: 10 }],
    ['more than 1/1 cannot be met', input(tally(10, 0), '>1/1'), { adopted: false, base: 10, needed: 11 }],
    ['blank is not cast', input(tally(6, 3, 5), '2/3'), { adopted: true, base: 9, needed: 6 }],
    [
      'blank is cast when the statutes say so',
      input(tally(6, 3, 5), '2/3', { blank: 'included' }),
      { adopted: false, base: 14, needed: 10 },
    ],
    [
      'invalid is never cast',
      input(tally(6, 3, 1, 90), '2/3', { blank: 'included' }),
      { adopted: false, base: 10, needed: 7 },
    ],
    [
      'a majority of those present counts who did not vote',
      input(tally(6, 3), '>1/2', { base: 'present', present: 12, electorate: 20 }),
      { adopted: false, base: 12, needed: 7 },
    ],
    [
      'a majority of the electorate counts who stayed away',
      input(tally(11, 0), '>1/2', { base: 'electorate', present: 12, electorate: 20 }),
      { adopted: true, base: 20, needed: 11 },
    ],
    [
      'the setting for blank does not touch another base',
      input(tally(6, 3, 3), '1/2', { base: 'present', blank: 'included' }),
      { adopted: true, base: 12, needed: 6 },
    ],
    [
      'without any vote nothing is adopted',
      input(tally(0, 0), '1/2'),
      { adopted: false, base: 0, needed: 1 },
    ],
    [
      'without a vote for nothing is adopted',
      input(tally(0, 0, 8), '1/2'),
      { adopted: false, base: 0, needed: 1 },
    ],
    [
      'a tie is adopted where half suffices and the statutes are silent',
      input(tally(5, 5, 2), '1/2', { tie: null }),
      { adopted: true, base: 10, needed: 5 },
    ],
    [
      'a tie is rejected when the statutes say so',
      input(tally(5, 5, 2), '1/2', { tie: 'rejected' }),
      { adopted: false, base: 10, needed: 5 },
    ],
    [
      "where a third suffices, as many against stand in nobody's way",
      input(tally(5, 5), '1/3', { tie: 'rejected' }),
      { adopted: true, base: 10, needed: 4 },
    ],
    [
      'one more than a tie',
      input(tally(6, 5), '1/2', { tie: 'rejected' }),
      { adopted: true, base: 11, needed: 6 },
    ],
    ['a tiny fraction still needs one', input(tally(0, 5), '1/1000'), { adopted: false, base: 5, needed: 1 }],
    ['one vote decides', input(tally(1, 0, 9), '1/1'), { adopted: true, base: 1, needed: 1 }],
    [
      'exact where floats are not: 1/49 of 49',
      input(tally(1, 48), '1/49'),
      { adopted: true, base: 49, needed: 1 },
    ],
    [
      'exact at the largest numbers',
      input(tally(MOST, 0), '>1/2'),
      { adopted: true, base: MOST, needed: 4503599627370496 },
    ],
    [
      'exact with a fraction beyond 64 bits',
      input(tally(2, 1), `${10n ** 30n + 1n}/${3n * 10n ** 30n}`),
      { adopted: true, base: 3, needed: 2 },
    ],
  ])('%s', (_, votes, expected) => {
    expect(verdict(votes)).toMatchObject(expected)
  })

  it.each<[string, string | null, number, number, boolean, number | null]>([
    ['no quorum is asked', null, 1, 20, true, null],
    ['at least half is there', '1/2', 10, 20, true, 10],
    ['at least half is not there', '1/2', 9, 20, false, 10],
    ['half is not more than half', '>1/2', 10, 20, false, 11],
    ['more than half', '>1/2', 11, 20, true, 11],
    ['half of an odd electorate', '1/2', 10, 21, false, 11],
    ['2/3 of 9, exactly', '2/3', 6, 9, true, 6],
    ['everybody', '1/1', 20, 20, true, 20],
    ['more than everybody', '>1/1', 20, 20, false, 21],
  ])('quorum: %s', (_, quorum, present, electorate, quorumReached, quorumNeeded) => {
    const asked = quorum === null ? null : threshold(quorum)
    const found = verdict(input(tally(1, 0), '>1/2', { present, electorate, quorum: asked }))
    expect(found).toMatchObject({ quorumReached, quorumNeeded, adopted: quorumReached })
  })

  it.each<[string, VerdictInput, string]>([
    [
      'more present than there are votes',
      input(tally(1, 0), '1/2', { present: 3, electorate: 2 }),
      'verdict.presentExceedsElectorate (present)',
    ],
    [
      'more votes than present, invalid ones too',
      input(tally(1, 1, 1, 1), '1/2', { present: 3, electorate: 4 }),
      'verdict.tallyExceedsPresent (tally)',
    ],
    [
      'a sum of votes that a float would round',
      input(tally(MOST, 1), '1/2', { present: MOST, electorate: MOST }),
      'verdict.tallyExceedsPresent (tally)',
    ],
    ['a majority of 0', input(tally(1, 0), '0/1'), 'verdict.fractionOutsideRange (majority.fraction)'],
    ['a majority above 1', input(tally(1, 0), '4/3'), 'verdict.fractionOutsideRange (majority.fraction)'],
    [
      'a quorum above 1',
      input(tally(1, 0), '1/2', { quorum: threshold('3/2') }),
      'verdict.fractionOutsideRange (quorum.fraction)',
    ],
    ['a negative count', input(tally(-1, 1), '1/2'), 'verdict.notACount (tally.for)'],
    [
      'half a vote',
      input(tally(0.5, 1), '1/2', { present: 2, electorate: 2 }),
      'verdict.notACount (tally.for)',
    ],
  ])('refuses %s', (_, votes, message) => {
    expect(() => verdict(votes)).toThrow(message)
  })
})

const anyInput = fc
  .record({
    votes: fc.tuple(fc.nat(60), fc.nat(60), fc.nat(20), fc.nat(5)),
    num: fc.integer({ min: 1, max: 60 }),
    den: fc.integer({ min: 1, max: 60 }),
    strict: fc.boolean(),
    base: fc.constantFrom<MajorityBase[]>('cast', 'present', 'electorate'),
    blank: fc.constantFrom<VerdictInput['blank'][]>('excluded', 'included'),
    silent: fc.nat(20),
    away: fc.nat(50),
  })
  .filter(({ num, den }) => num <= den)
  .map(({ votes, num, den, strict, base, blank, silent, away }): VerdictInput => {
    const present = votes[0] + votes[1] + votes[2] + votes[3] + silent
    return {
      tally: tally(...votes),
      majority: { fraction: Fraction.of(num, den), strict, base },
      blank,
      present,
      electorate: present + away,
      quorum: null,
    }
  })

describe('verdict, whatever the votes', () => {
  it('needs the smallest number that satisfies the words of the rule', () => {
    fc.assert(
      fc.property(anyInput, (votes) => {
        const { base, needed, adopted } = verdict(votes)
        const { fraction, strict } = votes.majority
        const suffices = (count: number) => {
          const [left, right] = [BigInt(count) * fraction.den, BigInt(base) * fraction.num]
          return count > 0 && (strict ? left > right : left >= right)
        }
        expect(suffices(needed)).toBe(true)
        expect(suffices(needed - 1)).toBe(false)
        expect(adopted).toBe(suffices(votes.tally.for))
      }),
    )
  })

  it('does not turn a yes into a no when somebody against votes for instead', () => {
    fc.assert(
      fc.property(anyInput, (votes) => {
        fc.pre(votes.tally.against > 0 && verdict(votes).adopted)
        const turned = { ...votes.tally, for: votes.tally.for + 1, against: votes.tally.against - 1 }
        expect(verdict({ ...votes, tally: turned }).adopted).toBe(true)
      }),
    )
  })

  it('weighs a fraction by its value, not by how it is written', () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 2, max: 1000 }), (votes, factor) => {
        const { num, den } = votes.majority.fraction
        const fraction = Fraction.of(num * BigInt(factor), den * BigInt(factor))
        expect(verdict({ ...votes, majority: { ...votes.majority, fraction } })).toEqual(verdict(votes))
      }),
    )
  })
})
