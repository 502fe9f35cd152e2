import { describe, expect, it } from 'vitest'
import { type Approver, checkApproval, OFFICE } from './approval.js'

const office = { key: OFFICE, name: 'SAMEN030' }
const zorgbelang = { key: 'm52', name: 'Zorgbelang' }
const gsmo = { key: 'm53', name: 'GSMO' }
const controller: Approver = { personId: 'controller', organisations: [office] }
const chair: Approver = { personId: 'chair', organisations: [office] }
const director: Approver = { personId: 'director', organisations: [zorgbelang] }
const both: Approver = { personId: 'both', organisations: [gsmo, zorgbelang] }

describe('who approves a batch', () => {
  const codes = (
    approvals: Approver[],
    approver: Approver,
    rest: { isOpen?: boolean; shown?: string } = {},
  ) =>
    checkApproval({ sha256: 'a', isOpen: rest.isOpen ?? true, approvals }, approver, rest.shown ?? 'a').map(
      ({ code }) => code,
    )

  it.each([
    ['the first, whoever it is', [], controller, []],
    ['another organisation', [controller], director, []],
    ['the same office', [controller], chair, ['paymentBatch.sameOrganisation']],
    ['one of several organisations the same', [director], both, ['paymentBatch.sameOrganisation']],
    ['several organisations, none the same', [controller], both, []],
  ] as const)('%s', (_, approvals, approver, expected) => {
    expect(codes([...approvals], approver)).toEqual(expected)
  })

  it('approves what was on the screen, while it is open', () => {
    expect(codes([], director, { shown: 'b' })).toEqual(['paymentBatch.otherContent'])
    expect(codes([], director, { isOpen: false })).toEqual(['paymentBatch.closed'])
  })
})
