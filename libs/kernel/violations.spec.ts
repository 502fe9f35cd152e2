import { describe, expect, it } from 'vitest'
import { RuleViolated } from './violations.js'

describe('RuleViolated', () => {
  it('carries code, parameters and path', () => {
    const error = RuleViolated.of('poll.closed', { poll: '3' }, 'ballots[0]')
    expect(error).toBeInstanceOf(Error)
    expect(error.violations).toEqual([{ code: 'poll.closed', params: { poll: '3' }, path: 'ballots[0]' }])
    expect(error.message).toBe('poll.closed (ballots[0])')
  })

  it('has no parameters or path when there are none', () => {
    expect(RuleViolated.of('poll.closed').violations).toEqual([{ code: 'poll.closed' }])
  })

  it('is thrown with all violations, and only when there are any', () => {
    expect(() => RuleViolated.throwIfAny([])).not.toThrow()
    expect(() => RuleViolated.throwIfAny([{ code: 'a.b' }, { code: 'c.d' }])).toThrow('a.b, c.d')
  })
})
