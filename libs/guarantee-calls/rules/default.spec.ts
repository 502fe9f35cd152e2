import { describe, expect, it } from 'vitest'
import type { ClaimState, Treatment } from './claim.js'
import { checkDefault, checkDefaultAnswer } from './default.js'

const other = { personId: 'a', isHoldersOwn: false }
const own = { personId: 'a', isHoldersOwn: true }

describe('a holder that does not pay', () => {
  it.each<[ClaimState | null, Treatment, boolean, typeof own, string | undefined]>([
    ['inDefault', 'pursued', false, other, undefined],
    ['inDefault', 'writtenOff', false, other, undefined],
    ['pursued', 'writtenOff', false, other, undefined],
    ['pursued', 'pursued', false, other, 'call.notInDefault'],
    ['overdue', 'writtenOff', false, other, 'call.notInDefault'],
    ['writtenOff', 'writtenOff', false, other, 'call.notInDefault'],
    ['settled', 'writtenOff', false, other, 'call.notInDefault'],
    [null, 'writtenOff', false, other, 'call.notInDefault'],
    ['inDefault', 'writtenOff', true, other, 'call.defaultPending'],
    ['inDefault', 'writtenOff', false, own, 'call.ownHolder'],
  ])('%s, %s, pending %s', (state, treatment, pending, actor, code) =>
    expect(checkDefault(state, treatment, pending, actor)[0]?.code).toBe(code),
  )

  it.each<[string, typeof own, string | undefined]>([
    ['b', other, undefined],
    ['a', other, 'call.ownDefault'],
    ['b', own, 'call.ownHolder'],
  ])('recorded by %s, answered by %o', (recordedBy, actor, code) =>
    expect(checkDefaultAnswer(recordedBy, actor)[0]?.code).toBe(code),
  )
})
