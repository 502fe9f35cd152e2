import { describe, expect, it } from 'vitest'
import { electorateText } from './electorate-text.js'

const one = {
  memberId: 'a',
  memberNumber: 1,
  weight: 1,
  casterIds: ['x', 'y'],
  holderId: null,
  proxyId: null,
}
const two = { ...one, memberId: 'b', memberNumber: 2, holderId: 'a', proxyId: 'p' }

describe('electorateText', () => {
  it('is one text, whatever the order and whatever else is known', () => {
    const turned = [two, { ...one, casterIds: ['y', 'x'], memberName: 'Buurthuis' }]
    expect(electorateText(turned)).toBe(electorateText([one, two]))
    expect(electorateText([one])).toBe(
      '[{"casterIds":["x","y"],"holderId":null,"memberId":"a","memberNumber":1,"proxyId":null,"weight":1}]',
    )
  })

  it.each([
    ['a weight', { weight: 2 }],
    ['a caster', { casterIds: ['x'] }],
    ['a holder', { holderId: null, proxyId: null }],
    ['a proxy', { proxyId: 'q' }],
  ])('differs by %s', (_, change) => {
    expect(electorateText([one, { ...two, ...change }])).not.toBe(electorateText([one, two]))
  })
})
