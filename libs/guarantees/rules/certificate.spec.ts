import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#kernel'
import {
  balanceOf,
  type CertificateContent,
  certifiedMovements,
  groupedCode,
  readCertificate,
  readCertificateCode,
  standingOf,
} from './certificate.js'
import { type Movement, type MovementType, positionOf } from './movements.js'

type Line = Movement & { document: string }
let last = 0
const line = (
  memberId: string,
  onDay: string,
  type: MovementType,
  cents: bigint,
  refersTo: string | null = null,
): Line => {
  const id = `m${++last}`
  return { id, memberId, onDay, type, cents, refersTo, document: `stuk ${id}` }
}

const offer = line('a', '2019-01-01', 'offered', 1_000n)
const register: Line[] = [
  offer,
  line('a', '2019-02-01', 'accepted', 1_000n, offer.id),
  line('b', '2019-02-01', 'accepted', 700n),
  line('a', '2019-03-01', 'paidIn', 400n),
  line('a', '2019-06-01', 'called', 800n),
  line('a', '2019-07-01', 'decreased', 500n),
  line('a', '2020-01-01', 'released', 200n),
]
const balanceOn = (day: string) => balanceOf(positionOf(register, 'a', day))

describe('a certificate', () => {
  it('lists what the guarantee went through, without offers, others and what came later', () => {
    const listed = certifiedMovements(register, 'a', '2019-07-01')
    expect(listed.map(({ type, cents }) => [type, cents])).toEqual([
      ['accepted', 1_000n],
      ['paidIn', 400n],
      ['called', 800n],
      ['decreased', 200n],
    ])
    expect(listed[0]!.document).toMatch(/^stuk /)
    expect(certifiedMovements(register, 'b', '2019-07-01')).toHaveLength(1)
    expect(certifiedMovements(register, 'c', '2019-07-01')).toEqual([])
  })

  it('holds until the guarantee is another one', () => {
    const then = balanceOn('2019-03-01')
    expect(standingOf(then, then, balanceOn('2019-05-31'))).toBe('holds')
    expect(standingOf(then, then, balanceOn('2019-06-01'))).toBe('changed')
  })

  it('says that it was corrected when the register now says otherwise of its day', () => {
    const [issued, known] = [balanceOn('2019-02-01'), balanceOn('2019-03-01')]
    expect(standingOf(issued, known, known)).toBe('corrected')
    expect(standingOf(issued, known, issued)).toBe('corrected')
  })

  it('is read as it was written, and an erased one is nothing', () => {
    const content: CertificateContent = {
      ...{ format: 'samen-garantiebewijs', version: 1, cooperative: 'Samen' },
      member: { id: 'a', number: 1, name: 'A' },
      ...{ subsidyYear: 2019, day: '2019-07-01', balance: balanceOn('2019-07-01') },
      movements: certifiedMovements(register, 'a', '2019-07-01'),
      articles: [{ key: 'guaranteeRate', article: 'artikel 21 lid 1' }],
    }
    expect(readCertificate(canonicalJson(content))).toEqual(content)
    expect(readCertificate('')).toBeNull()
  })

  it('is found by its code, however it was typed', () => {
    expect(groupedCode('0123456789abcdef')).toBe('0123 4567 89ab cdef')
    for (const typed of ['0123456789abcdef', ' 0123 4567 89AB CDEF ', '0123-4567-89ab-cdef'])
      expect(readCertificateCode(typed), typed).toBe('0123456789abcdef')
    for (const typed of ['', '0123', '0123456789abcdeg', '0123456789abcdef0'])
      expect(readCertificateCode(typed), typed).toBeNull()
  })
})
