import { describe, expect, it } from 'vitest'
import { planEvidence } from './evidence.js'

const file = (sha256: string, criterion = 'a', bytes = 1000) => ({
  criterion,
  sha256,
  bytes,
  name: `${sha256}.pdf`,
})
const many = (count: number, criterion = 'a') =>
  Array.from({ length: count }, (_, at) => file(`${criterion}${at}`, criterion))

describe('evidence that is offered', () => {
  it.each([
    ['is added', [], [file('x'), file('y')], [0, 1], []],
    ['twice is added once', [], [file('x'), file('x')], [0], []],
    ['that is there already adds nothing', [file('x')], [file('x')], [], []],
    ['that is there with another criterion is added', [file('x', 'b')], [file('x')], [0], []],
    [
      'above five of a criterion is refused',
      many(4),
      [file('x'), file('y')],
      [0],
      ['admission.tooManyFiles'],
    ],
    ['of another criterion has five of its own', many(5), [file('x', 'b')], [0], []],
    [
      'above 25 MB in all is refused; a smaller one still fits',
      [file('x', 'b', 24_000_000)],
      [file('y', 'a', 1_000_001), file('z', 'a', 1_000_000)],
      [1],
      ['admission.tooMuchEvidence'],
    ],
  ])('%s', (_, kept, offered, added, codes) => {
    const plan = planEvidence(kept, offered)
    expect(plan.added).toEqual(added)
    expect(plan.violations.map(({ code }) => code)).toEqual(codes)
  })

  it('is refused by its name, at its field', () => {
    expect(planEvidence(many(5), [file('x')]).violations).toEqual([
      { code: 'admission.tooManyFiles', path: 'bewijs.a', params: { name: 'x.pdf', max: '5' } },
    ])
  })
})
