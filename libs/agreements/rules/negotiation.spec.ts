import { describe, expect, it } from 'vitest'
import {
  capacityOf,
  checkOffer,
  checkSignature,
  type NegotiationCourse,
  negotiationState,
  sideOf,
  turnOf,
} from './negotiation.js'

type Held = [role: string, scope?: string]
const holder = (...held: Held[]) => ({
  has: (...wanted: string[]) => held.some(([role]) => wanted.includes(role)),
  hasFor: (role: string, scope: string) => held.some(([one, of]) => one === role && of === scope),
})
const party = { id: 'oost', memberId: 'lid' }

describe('who takes part, and who signs', () => {
  it.each<[string, Held[], string | null, string | null]>([
    ['its treasurer', [['treasurer', 'oost']], 'counterparty', 'treasurer'],
    ['the treasurer of another', [['treasurer', 'west']], null, null],
    ['its coordinator', [['coordinator', 'oost']], 'counterparty', null],
    ['the delegate of the member that it is', [['delegate', 'lid']], 'counterparty', 'delegate'],
    ['another delegate', [['delegate', 'iemand']], null, null],
    ['the serviceteam', [['serviceTeam']], 'cooperative', null],
    ['the director', [['director']], 'cooperative', 'director'],
    ['the chair', [['chair']], 'cooperative', 'chair'],
    [
      'a director who acts for the counterparty',
      [['director'], ['delegate', 'lid']],
      'counterparty',
      'delegate',
    ],
    ['a chair who coordinates there', [['chair'], ['coordinator', 'oost']], 'counterparty', null],
  ])('%s', (_, held, side, capacity) => {
    const visitor = holder(...held)
    expect(sideOf(visitor, party)).toBe(side)
    if (side) expect(capacityOf(visitor, party)).toBe(capacity)
  })
})

const course = (changes: Partial<NegotiationCourse> = {}): NegotiationCourse => ({
  ended: false,
  concluded: false,
  proposal: { number: 2, side: 'counterparty' },
  offer: null,
  ...changes,
})
const offer = (...signed: ['counterparty' | 'cooperative', string][]) => ({
  proposal: 2,
  withdrawn: false,
  signed: signed.map(([side, personId]) => ({ side, personId })),
})

describe('the state of a negotiation', () => {
  it.each<[string, Partial<NegotiationCourse>, string, string[]]>([
    ['nothing proposed', { proposal: null }, 'drafting', ['counterparty', 'cooperative']],
    ['a proposal', {}, 'negotiating', ['cooperative']],
    ['offered', { offer: offer() }, 'offered', ['counterparty', 'cooperative']],
    ['signed by one', { offer: offer(['counterparty', 'a']) }, 'offered', ['cooperative']],
    ['withdrawn', { offer: { ...offer(), withdrawn: true } }, 'negotiating', ['cooperative']],
    ['a newer proposal', { offer: { ...offer(), proposal: 1 } }, 'negotiating', ['cooperative']],
    ['concluded', { concluded: true }, 'signed', []],
    ['ended', { ended: true }, 'ended', []],
  ])('%s', (_, changes, state, turn) => {
    expect(negotiationState(course(changes))).toBe(state)
    expect(turnOf(course(changes))).toEqual(turn)
  })
})

describe('offering and signing', () => {
  it.each<[Partial<NegotiationCourse>, number, string[]]>([
    [{}, 2, []],
    [{}, 1, ['agreement.newerProposal']],
    [{ proposal: null }, 1, ['agreement.noProposal']],
    [{ ended: true }, 2, ['agreement.negotiationOver']],
  ])('offers only the last proposal: %j, %i', (changes, number, codes) => {
    expect(checkOffer(course(changes), number).map(({ code }) => code)).toEqual(codes)
  })

  it.each<[string, NegotiationCourse['offer'], string[]]>([
    ['nothing is offered', null, ['agreement.notOffered']],
    ['the first signature', offer(), []],
    ['the other side signed', offer(['counterparty', 'b']), []],
    ['the own side signed', offer(['cooperative', 'b']), ['agreement.sideSigned']],
    ['the same person for the other side', offer(['counterparty', 'a']), ['agreement.otherPersonSigns']],
    ['withdrawn', { ...offer(), withdrawn: true }, ['agreement.notOffered']],
  ])('%s', (_, given, codes) => {
    const found = checkSignature(course({ offer: given }), 'cooperative', 'a')
    expect(found.map(({ code }) => code)).toEqual(codes)
  })
})
