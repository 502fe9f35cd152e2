import { describe, expect, it } from 'vitest'
import {
  type AmendmentFacts,
  amendmentState,
  checkAmendmentPoll,
  checkMotionPoll,
  checkOffering,
  nextAmendment,
} from './amendments.js'

const at = new Date('2020-02-15T11:00:00Z')
const amendment = (id: string, position: number, change: Partial<AmendmentFacts> = {}): AmendmentFacts => ({
  id,
  position,
  withdrawnAt: null,
  lapsedAt: null,
  poll: null,
  ...change,
})
const adopted = { poll: { closedAt: at, adopted: true } }

describe('an amendment', () => {
  it.each<[string, Partial<AmendmentFacts>]>([
    ['offered', {}],
    ['open', { poll: { closedAt: null, adopted: null } }],
    ['closed', { poll: { closedAt: at, adopted: null } }],
    ['adopted', adopted],
    ['rejected', { poll: { closedAt: at, adopted: false } }],
    ['withdrawn', { withdrawnAt: at }],
    ['lapsed', { lapsedAt: at }],
  ])('is %s', (state, change) => {
    expect(amendmentState(amendment('a', 1, change))).toBe(state)
  })

  it('has its turn in the order of the chair, whatever the order of offering', () => {
    const list = [amendment('a', 3), amendment('b', 1, adopted), amendment('c', 2)]
    expect(nextAmendment(list)?.id).toBe('c')
    expect(nextAmendment([amendment('b', 1, adopted)])).toBeNull()
  })
})

const motion = { withdrawnAt: null, hasPoll: false }

describe('the poll on an amendment', () => {
  const list = [amendment('a', 1, { withdrawnAt: at }), amendment('b', 2), amendment('c', 3)]
  it.each<[string, string, { withdrawnAt: Date | null; hasPoll: boolean }, string[]]>([
    ['opens in its turn', 'b', motion, []],
    ['waits for those before it', 'c', motion, ['amendment.notItsTurn']],
    ['does not open when it was withdrawn', 'a', motion, ['amendment.settled']],
    ['does not open for another motion', 'x', motion, ['amendment.settled']],
    ['comes before the motion', 'b', { ...motion, hasPoll: true }, ['amendment.motionInVote']],
    ['goes with the motion', 'b', { ...motion, withdrawnAt: at }, ['motion.withdrawn']],
  ])('%s', (_, id, of, codes) => {
    expect(checkAmendmentPoll(of, id, list).map(({ code }) => code)).toEqual(codes)
  })
})

describe('the poll on a motion', () => {
  it.each<[string, Date | null, AmendmentFacts[], string[]]>([
    ['opens without amendments', null, [], []],
    [
      'opens when all are settled',
      null,
      [amendment('a', 1, adopted), amendment('b', 2, { lapsedAt: at })],
      [],
    ],
    ['waits for one that is offered', null, [amendment('a', 1)], ['motion.amendmentsPending']],
    [
      'waits for a result that is not declared',
      null,
      [amendment('a', 1, { poll: { closedAt: at, adopted: null } })],
      ['motion.amendmentsPending'],
    ],
    ['does not open when the motion was withdrawn', at, [], ['motion.withdrawn']],
  ])('%s', (_, withdrawnAt, amendments, codes) => {
    expect(checkMotionPoll({ withdrawnAt }, amendments).map(({ code }) => code)).toEqual(codes)
  })
})

describe('offering an amendment', () => {
  it.each<[string, boolean, { withdrawnAt: Date | null; hasPoll: boolean }, string[]]>([
    ['goes on until the poll opens', false, motion, []],
    ['ends when it opens', false, { ...motion, hasPoll: true }, ['amendment.motionInVote']],
    ['ends with the motion', false, { ...motion, withdrawnAt: at }, ['motion.withdrawn']],
    ['ends with the assembly', true, motion, ['assembly.ended']],
  ])('%s', (_, over, of, codes) => {
    expect(checkOffering({ over }, of).map(({ code }) => code)).toEqual(codes)
  })
})
