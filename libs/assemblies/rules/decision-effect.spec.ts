import { describe, expect, it } from 'vitest'
import { checkDeed, type DecisionFacts, decisionEffect } from './decision-effect.js'

const change: DecisionFacts = {
  adopted: true,
  decisionType: 'statuteChange',
  onAmendment: false,
  decidedOn: '2020-02-15',
  deedOn: null,
}

describe('the effect of a decision (BW 2:43)', () => {
  it.each<[string, Partial<DecisionFacts>, string]>([
    ['a change of the statutes waits for its deed', {}, 'notYetInForce'],
    ['and holds with it', { deedOn: '2020-03-02' }, 'inForceByDeed'],
    ['an ordinary decision holds at once', { decisionType: 'ordinary' }, 'inForce'],
    ['so does a distribution', { decisionType: 'distribution' }, 'inForce'],
    ['an amendment to it needs no deed', { onAmendment: true }, 'inForce'],
    ['what was rejected never holds', { adopted: false }, 'rejected'],
  ])('%s', (_, facts, effect) => {
    expect(decisionEffect({ ...change, ...facts })).toBe(effect)
  })

  it.each<[string, Partial<DecisionFacts>, string, string[]]>([
    ['the day of the decision', {}, '2020-02-15', []],
    ['today', {}, '2020-03-02', []],
    ['another day, to correct it', { deedOn: '2020-02-20' }, '2020-02-21', []],
    ['a day before the decision', {}, '2020-02-14', ['deed.beforeDecision']],
    ['tomorrow', {}, '2020-03-03', ['deed.inFuture']],
    ['any day, for an ordinary decision', { decisionType: 'ordinary' }, '2020-03-01', ['deed.notNeeded']],
    ['any day, for what was rejected', { adopted: false }, '2020-03-01', ['deed.notNeeded']],
  ])('a deed on %s', (_, facts, deedOn, codes) => {
    expect(checkDeed({ ...change, ...facts }, deedOn, '2020-03-02').map(({ code }) => code)).toEqual(codes)
  })
})
