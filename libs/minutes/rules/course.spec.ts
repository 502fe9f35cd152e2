import { describe, expect, it } from 'vitest'
import {
  checkApproval,
  checkEdit,
  checkOffer,
  checkSignature,
  type MinutesCourse,
  minutesState,
  type OfferPoll,
} from './course.js'

const course = (poll: OfferPoll | null, changes: Partial<MinutesCourse> = {}): MinutesCourse => ({
  offer: poll && { poll },
  approved: false,
  signatures: [],
  ...changes,
})
const chair = { office: 'chair' as const, personId: 'p1' }
const secretary = { office: 'secretary' as const, personId: 'p2' }
const codes = (violations: readonly { code: string }[]) =>
  violations.map(({ code }) => code.replace('minutes.', ''))

describe('how minutes stand', () => {
  it.each([
    [course(null), 'draft'],
    [course('waiting'), 'offered'],
    [course('voting'), 'offered'],
    [course('adopted'), 'offered'],
    [course('rejected'), 'draft'],
    [course('withdrawn'), 'draft'],
    [course('adopted', { approved: true }), 'approved'],
    [course('adopted', { approved: true, signatures: [chair] }), 'approved'],
    [course('adopted', { approved: true, signatures: [chair, secretary] }), 'signed'],
  ])('%j: %s', (given, expected) => {
    expect(minutesState(given)).toBe(expected)
  })
})

describe('what may be done with them', () => {
  it.each([
    [course(null), [], [], ['notAdopted']],
    [course('waiting'), [], ['offered'], ['notAdopted']],
    [course('voting'), ['voting'], ['voting'], ['notAdopted']],
    [course('adopted'), ['adopted'], ['adopted'], []],
    [course('rejected'), [], [], ['notAdopted']],
    [course('withdrawn'), [], [], ['notAdopted']],
    [course('adopted', { approved: true }), ['approved'], ['approved'], []],
  ])('%j: edit %j, offer elsewhere %j, approve %j', (given, edit, offer, approve) => {
    expect(codes(checkEdit(given))).toEqual(edit)
    expect(codes(checkOffer(given, false))).toEqual(offer)
    expect(codes(checkApproval(given))).toEqual(approve)
  })

  it('may be put to the same assembly again, with a newer version', () => {
    expect(checkOffer(course('waiting'), true)).toEqual([])
  })

  it.each([
    [course('adopted'), 'chair', 'p1', ['notApproved']],
    [course('adopted', { approved: true }), 'chair', 'p1', []],
    [course('adopted', { approved: true, signatures: [chair] }), 'chair', 'p3', ['signedAlready']],
    [course('adopted', { approved: true, signatures: [chair] }), 'secretary', 'p1', ['samePerson']],
    [course('adopted', { approved: true, signatures: [chair] }), 'secretary', 'p2', []],
  ] as const)('%j signed as %s by %s: %j', (given, office, personId, expected) => {
    expect(codes(checkSignature(given, office, personId))).toEqual(expected)
  })
})
