import { describe, expect, it } from 'vitest'
import { type OwnMember, whyNoBallot } from './no-ballot.js'

describe('whyNoBallot', () => {
  const cases: [reason: string, member: OwnMember | null][] = [
    ['notMember', null],
    ['notMember', { kind: null, status: 'former' }],
    ['suspended', { kind: 'voting', status: 'suspended' }],
    ['suspended', { kind: 'supporting', status: 'suspended' }],
    ['supporting', { kind: 'supporting', status: 'member' }],
    ['notDelegateThen', { kind: 'voting', status: 'member' }],
  ]

  it.each(cases)('%s: %o', (reason, member) => {
    expect(whyNoBallot(member)).toBe(reason)
  })
})
