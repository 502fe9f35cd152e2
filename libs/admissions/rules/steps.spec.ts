import { describe, expect, it } from 'vitest'
import { filledSteps, nextStep, stepOf, withStep } from './steps.js'

describe('the steps of an application', () => {
  it.each([
    ['naam', 'organisatie'],
    ['rsin', 'organisatie'],
    ['buurt.12', 'gebied'],
    ['afgevaardigdeEmail', 'contact'],
    ['criterium.geworteld', 'criteria'],
    ['garantie', 'steun'],
    ['buurt.12x', null],
    ['_csrf', null],
    ['__proto__', null],
  ])('%s belongs to %s', (field, step) => expect(stepOf(field)).toBe(step))

  it('replace their own fields only', () => {
    const draft = { naam: 'A', soort: 'voting', 'buurt.1': 'ja', 'buurt.2': 'ja' }
    expect(withStep(draft, 'gebied', { soort: 'voting', 'buurt.3': 'ja', naam: 'B', vreemd: 'x' })).toEqual({
      naam: 'A',
      soort: 'voting',
      'buurt.3': 'ja',
    })
  })

  it('follow each other', () => {
    expect(filledSteps.map(nextStep)).toEqual(['gebied', 'contact', 'criteria', 'steun', 'controle'])
  })

  it('cut off what is too long', () => {
    expect(withStep({}, 'organisatie', { naam: 'a'.repeat(9000) }).naam).toHaveLength(5000)
  })
})
