import { describe, expect, it } from 'vitest'
import {
  type AccountsCourse,
  checkDischargeOffer,
  checkDrawingUp,
  checkOffer,
  checkReviewing,
  checkSigning,
  dueOn,
  lateness,
  nextStep,
} from './course.js'
import { termsOf } from './terms.js'

const terms = termsOf('2019-12-31')
const begun: AccountsCourse = {
  ...{ drawnUp: null, directors: ['d'], signed: [], review: null, adoption: null, discharge: null },
}
const drawnUp: AccountsCourse = { ...begun, drawnUp: { on: '2020-03-01', by: 'admin' } }
const signed: AccountsCourse = { ...drawnUp, signed: ['d'] }
const oneReviewer: AccountsCourse = { ...signed, review: { kind: 'auditCommittee', signed: ['k1'] } }
const reviewed: AccountsCourse = { ...signed, review: { kind: 'auditCommittee', signed: ['k1', 'k2'] } }
const audited: AccountsCourse = { ...signed, review: { kind: 'auditor', signed: [] } }
const offered: AccountsCourse = { ...reviewed, adoption: 'waiting', discharge: 'waiting' }
const adopted: AccountsCourse = { ...reviewed, adoption: 'adopted', discharge: 'waiting' }
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code.replace('accounts.', ''))

describe('what comes next (BW 2:48, 2:58)', () => {
  it.each([
    ['nothing yet', begun, 'drawUp', '2020-06-30'],
    ['drawn up, not signed', drawnUp, 'sign', '2020-06-30'],
    ['signed by one of two directors', { ...signed, directors: ['d', 'e'] }, 'sign', '2020-06-30'],
    ['there is no director to sign', { ...drawnUp, directors: [] }, 'sign', '2020-06-30'],
    ['signed', signed, 'review', '2020-07-31'],
    [
      'a report by one of the kascommissie: at least two (BW 2:48 lid 2)',
      oneReviewer,
      'review',
      '2020-07-31',
    ],
    ['a report by two', reviewed, 'offer', '2020-07-31'],
    ["an auditor's statement", audited, 'offer', '2020-07-31'],
    ['on the agenda', offered, 'adopt', '2020-07-31'],
    ['in the vote', { ...offered, adoption: 'voting' }, 'adopt', '2020-07-31'],
    ['rejected', { ...offered, adoption: 'rejected' }, 'offer', '2020-07-31'],
    ['withdrawn', { ...offered, adoption: 'withdrawn' }, 'offer', '2020-07-31'],
    ['adopted: that is no discharge (BW 2:58)', adopted, 'discharge', null],
    ['adopted, discharge refused', { ...adopted, discharge: 'rejected' }, 'offerDischarge', null],
    ['adopted, discharge never asked', { ...adopted, discharge: null }, 'offerDischarge', null],
    ['discharged, but not adopted: of no use', { ...offered, discharge: 'adopted' }, 'adopt', '2020-07-31'],
    ['adopted and discharged', { ...adopted, discharge: 'adopted' }, 'done', null],
  ] as const)('%s', (_, course, step, due) => {
    expect(nextStep(course)).toBe(step)
    expect(dueOn(step, terms)).toBe(due)
  })
})

it.each([
  ['nothing done on the last day', begun, '2020-06-30', null, false, false],
  ['nothing done a day later', begun, '2020-07-01', null, true, false],
  ['drawn up in time, looked at later', drawnUp, '2020-07-15', null, false, false],
  [
    'drawn up too late',
    { ...drawnUp, drawnUp: { on: '2020-07-01', by: 'x' } },
    '2020-07-15',
    null,
    true,
    false,
  ],
  ['not adopted a month later', offered, '2020-08-01', null, false, true],
  ['adopted on the last day, looked at later', adopted, '2021-01-01', '2020-07-31', false, false],
  ['adopted too late', adopted, '2021-01-01', '2020-08-01', false, true],
] as const)('late: %s', (_, course, today, adoptedOn, lateDrawnUp, lateAdopted) => {
  expect(lateness(course, terms, today, adoptedOn)).toEqual({ drawnUp: lateDrawnUp, adopted: lateAdopted })
})

it.each([
  ['on the last day of the year', begun, '2019-12-31', ['yearNotOver']],
  ['after it', begun, '2020-01-01', []],
  ['another version', reviewed, '2020-04-01', []],
  ['while they are on an agenda', offered, '2020-04-01', ['onAgenda']],
  ['after a rejection', { ...offered, adoption: 'rejected' }, '2020-04-01', []],
  ['once adopted', adopted, '2020-04-01', ['adopted']],
] as const)('drawing up %s', (_, course, today, expected) => {
  expect(codes(checkDrawingUp(course, '2019-12-31', today))).toEqual(expected)
})

it.each([
  ['nothing to sign', begun, 'd', ['notDrawnUp']],
  ['a director', drawnUp, 'd', []],
  ['somebody else', drawnUp, 'x', ['notDirector']],
] as const)('signing: %s', (_, course, person, expected) => {
  expect(codes(checkSigning(course, person))).toEqual(expected)
})

describe('reviewing: who made the accounts does not review them (BW 2:48 lid 2)', () => {
  const member = { personId: 'k1', inCommittee: true, inBoard: false }
  it.each([
    ['a member of the kascommissie', signed, member, 'auditCommittee', []],
    ['before the board signed', drawnUp, member, 'auditCommittee', ['notSigned']],
    ['before there is anything', begun, member, 'auditCommittee', ['notDrawnUp']],
    [
      'who drew them up',
      { ...signed, drawnUp: { on: '2020-03-01', by: 'k1' } },
      member,
      'auditCommittee',
      ['ownWork'],
    ],
    ['who signed them', signed, { ...member, personId: 'd' }, 'auditCommittee', ['ownWork']],
    ['a director', signed, { ...member, inBoard: true }, 'auditCommittee', ['ofTheBoard']],
    [
      'nobody of the kascommissie',
      signed,
      { ...member, inCommittee: false },
      'auditCommittee',
      ['notReviewer'],
    ],
    [
      "an auditor's statement, filed by the secretary",
      signed,
      { ...member, inCommittee: false },
      'auditor',
      [],
    ],
    [
      "an auditor's statement, filed by who drew them up",
      { ...signed, drawnUp: { on: '2020-03-01', by: 'k1' } },
      member,
      'auditor',
      ['ownWork'],
    ],
    ['while they are on an agenda', offered, member, 'auditCommittee', ['onAgenda']],
  ] as const)('%s', (_, course, reviewer, kind, expected) => {
    expect(codes(checkReviewing(course, reviewer, kind))).toEqual(expected)
  })
})

it.each([
  [begun, ['notDrawnUp']],
  [drawnUp, ['notSigned']],
  [signed, ['notReviewed']],
  [oneReviewer, ['notReviewed']],
  [reviewed, []],
  [audited, []],
  [offered, ['onAgenda']],
  [adopted, ['adopted']],
] as const)('putting them to an assembly %#', (course, expected) => {
  expect(codes(checkOffer(course))).toEqual(expected)
})

it.each([
  [offered, ['notAdopted']],
  [adopted, ['dischargeOnAgenda']],
  [{ ...adopted, discharge: 'rejected' }, []],
  [{ ...adopted, discharge: 'adopted' }, ['discharged']],
] as const)('asking for the discharge again %#', (course, expected) => {
  expect(codes(checkDischargeOffer(course as AccountsCourse))).toEqual(expected)
})
