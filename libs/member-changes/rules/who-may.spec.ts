import { describe, expect, it } from 'vitest'
import type { ChangeField } from './fields.js'
import type { ChangeState } from './state.js'
import {
  type Actor,
  actingAs,
  checkConfirming,
  checkProposing,
  checkRefusing,
  checkSettling,
  checkWithdrawing,
  ownRoles,
  type Proposal,
} from './who-may.js'

const actor = (personId: string, own: Actor['own'] = [], serviceTeam = false): Actor => ({
  personId,
  email: `${personId}@example.org`,
  own,
  serviceTeam,
})
const delegate = actor('delegate', ['delegate'])
const substitute = actor('substitute', ['delegate'])
const contact = actor('contact', ['contact'])
const serviceTeam = actor('service', [], true)
const colleague = actor('colleague', [], true)
const insider = actor('insider', ['delegate'], true)
const stranger = actor('stranger')

const proposal = (proposedBy: Actor, state: ChangeState = 'waiting', to = 'nieuw@example.org'): Proposal => ({
  proposedBy: proposedBy.personId,
  state,
  changes: [{ field: 'contactEmail', from: 'contact@example.org', to }],
})
const codes = (violations: { code: string }[]) =>
  violations.map(({ code }) => code.replace('memberChange.', ''))

describe('who may propose', () => {
  it.each<[string, Actor, ChangeField, string[]]>([
    ['the delegate, an account number', delegate, 'iban', []],
    ['the contact, a name', contact, 'name', []],
    ['the service team, a KvK number', serviceTeam, 'chamberNumber', []],
    ['the delegate, a KvK number', delegate, 'chamberNumber', ['serviceTeamOnly']],
    ['who is both acts for the own organisation', insider, 'rsin', ['serviceTeamOnly']],
    ['anyone else', stranger, 'street', ['notYours']],
  ])('%s', (_, who, field, expected) => {
    expect(codes(checkProposing(who, [{ field, from: null, to: 'x' }]))).toEqual(expected)
  })

  it('of a former member only the contact still acts', () => {
    expect(ownRoles({ delegate: true, contact: true }, false)).toEqual(['delegate', 'contact'])
    expect(ownRoles({ delegate: true, contact: true }, true)).toEqual(['contact'])
    expect(
      actingAs({ own: ownRoles({ delegate: true, contact: false }, true), serviceTeam: false }),
    ).toBeNull()
  })
})

describe('who may confirm', () => {
  it.each<[string, Actor, Proposal, string[]]>([
    ['the contact, what the delegate proposed', contact, proposal(delegate), []],
    ['another delegate', substitute, proposal(delegate), []],
    ['the service team', serviceTeam, proposal(delegate), []],
    ['the delegate, what the service team proposed', delegate, proposal(serviceTeam), []],
    ['the proposer', delegate, proposal(delegate), ['ownProposal']],
    [
      'the proposer in another part',
      actor('delegate', ['contact'], true),
      proposal(delegate),
      ['ownProposal'],
    ],
    ['the service team, its own proposal', serviceTeam, proposal(serviceTeam), ['ownProposal']],
    ['a colleague of the service team', colleague, proposal(serviceTeam), []],
    [
      'who becomes the contact by it',
      substitute,
      proposal(delegate, 'waiting', 'substitute@example.org'),
      ['becomesContact'],
    ],
    ['anyone else', stranger, proposal(delegate), ['notYours']],
    ['the contact after an objection', contact, proposal(delegate, 'blocked'), ['blocked']],
    ['the service team after an objection', serviceTeam, proposal(delegate, 'blocked'), []],
    [
      'the service team about its own organisation',
      insider,
      proposal(delegate, 'blocked'),
      ['ownOrganisation'],
    ],
    ['what was carried out', contact, proposal(delegate, 'carriedOut'), ['alreadyCarriedOut']],
    ['what is contested', contact, proposal(delegate, 'contested'), ['alreadyCarriedOut']],
    ['what was refused', contact, proposal(delegate, 'refused'), ['alreadyRefused']],
    ['what was taken back', contact, proposal(delegate, 'withdrawn'), ['alreadyWithdrawn']],
  ])('%s', (_, who, what, expected) => {
    expect(codes(checkConfirming(who, what))).toEqual(expected)
  })
})

describe('who may do the rest', () => {
  it.each<[string, typeof checkConfirming, Actor, Proposal, string[]]>([
    [
      'refuse: who would become the contact',
      checkRefusing,
      substitute,
      proposal(delegate, 'waiting', 'substitute@example.org'),
      [],
    ],
    ['refuse: the proposer', checkRefusing, delegate, proposal(delegate), ['ownProposal']],
    [
      'refuse: the contact after an objection',
      checkRefusing,
      contact,
      proposal(delegate, 'blocked'),
      ['blocked'],
    ],
    ['withdraw: the proposer', checkWithdrawing, delegate, proposal(delegate), []],
    [
      'withdraw: the proposer after an objection',
      checkWithdrawing,
      delegate,
      proposal(delegate, 'blocked'),
      [],
    ],
    [
      'withdraw: too late',
      checkWithdrawing,
      delegate,
      proposal(delegate, 'carriedOut'),
      ['alreadyCarriedOut'],
    ],
    ['withdraw: another', checkWithdrawing, contact, proposal(delegate), ['notYourProposal']],
    ['settle: the service team', checkSettling, serviceTeam, proposal(delegate, 'contested'), []],
    [
      'settle: its own organisation',
      checkSettling,
      insider,
      proposal(delegate, 'contested'),
      ['ownOrganisation'],
    ],
    ['settle: the contact', checkSettling, contact, proposal(delegate, 'contested'), ['blocked']],
    [
      'settle: what nobody contests',
      checkSettling,
      serviceTeam,
      proposal(delegate, 'carriedOut'),
      ['notContested'],
    ],
  ])('%s', (_, check, who, what, expected) => {
    expect(codes(check(who, what))).toEqual(expected)
  })
})
