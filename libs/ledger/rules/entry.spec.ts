import { describe, expect, it } from 'vitest'
import { assertBookable, checkEntry } from './entry.js'

const reserve = { account: 'BEivOreRis', cents: 12_069_100n }
const payable = { account: 'BSchOvsUit', memberId: 'a', cents: -12_069_100n }

describe('an entry', () => {
  it.each([
    ['debit and credit level', [reserve, payable], []],
    ['one cent short', [reserve, { ...payable, cents: -12_069_099n }], ['ledger.notBalanced']],
    ['one line', [reserve], ['ledger.tooFewPostings', 'ledger.notBalanced']],
    ['no lines', [], ['ledger.tooFewPostings']],
    ['a line of nothing', [reserve, payable, { account: 'B', cents: 0n }], ['ledger.emptyPosting']],
    ['an account that is no RGS code', [{ ...reserve, account: '4000' }, payable], ['ledger.unknownAccount']],
    [
      'two small debits against one credit',
      [
        { ...reserve, cents: 1n },
        { ...reserve, cents: 2n },
        { ...payable, cents: -3n },
      ],
      [],
    ],
  ])('%s', (_, postings, codes) => {
    expect(checkEntry({ postings }).map(({ code }) => code)).toEqual(codes)
  })

  it('names the line and the amount by which it does not balance', () => {
    expect(() => assertBookable({ postings: [reserve, { ...payable, cents: -1n }] })).toThrow(
      'ledger.notBalanced (postings)',
    )
    const [violation] = checkEntry({ postings: [reserve, { ...payable, cents: -1n }] })
    expect(violation?.params).toEqual({ cents: '12069099' })
  })
})
