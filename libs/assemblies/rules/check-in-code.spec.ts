import { describe, expect, it } from 'vitest'
import { readCheckInCode, writeCheckInCode } from './check-in-code.js'

const memberId = '00000000-0000-7000-8000-00000000002a'
const proof = 'aB3-_aB3-_aB3-_x and what is longer'

describe('a check-in code', () => {
  it('says the member and the start of the proof', () => {
    expect(writeCheckInCode({ memberId, proof })).toBe(`${memberId}.aB3-_aB3-_aB3-_x`)
    expect(readCheckInCode(writeCheckInCode({ memberId, proof }))).toEqual({
      memberId,
      proof: 'aB3-_aB3-_aB3-_x',
    })
  })

  it.each([
    ['empty', ''],
    ['without proof', memberId],
    ['a proof that is too short', `${memberId}.aB3`],
    ['a proof that is too long', `${memberId}.aB3-_aB3-_aB3-_xx`],
    ['another sign in the proof', `${memberId}.aB3-_aB3-_aB3-_%`],
    ['no member', `42.aB3-_aB3-_aB3-_x`],
    ['capitals in the member', `${memberId.toUpperCase()}.aB3-_aB3-_aB3-_x`],
    ['something before it', ` ${memberId}.aB3-_aB3-_aB3-_x`],
  ])('%s: is none', (_, code) => {
    expect(readCheckInCode(code)).toBeNull()
  })
})
