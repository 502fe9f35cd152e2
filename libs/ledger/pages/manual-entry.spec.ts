import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { lineCount, readManualEntry, typedTotals } from './manual-entry.js'

const terms = {
  projects: [
    { id: 'central', slug: 'centraal', name: 'Centraal' },
    { id: 'd1', slug: 'zuid-oost', name: 'Zuid/Oost' },
  ],
  members: new Map([[7, 'm7']]),
}
const sound: Record<string, string> = {
  ...{
    verzoek: '0198c000-0000-7000-8000-000000000001',
    dag: '2019-06-30',
    omschrijving: ' Zaal ',
    stuk: 'F-1',
  },
  ...{ 'rekening.1': 'WKprUit', 'project.1': 'zuid-oost', 'debet.1': '1.250,00' },
  ...{ 'rekening.3': 'BLimBan', 'project.3': 'centraal', 'credit.3': '1250', 'lid.3': '7' },
}
const read = (changes: Record<string, string> = {}) => readManualEntry({ ...sound, ...changes }, terms, 'p1')

function wrongFields(changes: Record<string, string>): string[] {
  try {
    read(changes)
    return []
  } catch (error) {
    return (error as RuleViolated).violations.map(({ code, path }) => `${path} ${code}`)
  }
}

describe('an entry that was typed', () => {
  it('leaves out empty lines, and puts debit above and credit below zero', () => {
    expect(read()).toMatchObject({
      ...{ idempotencyKey: 'manual:0198c000-0000-7000-8000-000000000001', description: 'Zaal' },
      postings: [
        { account: 'WKprUit', accountingDistrictId: 'd1', memberId: null, cents: 125_000n },
        { account: 'BLimBan', accountingDistrictId: null, memberId: 'm7', cents: -125_000n },
      ],
    })
  })

  it.each([
    ['no day', { dag: '2019-02-30' }, 'dag ledger.dayNeeded'],
    ['no description', { omschrijving: ' ' }, 'omschrijving ledger.descriptionNeeded'],
    ['no document', { stuk: '' }, 'stuk ledger.documentNeeded'],
    ['an amount without an account', { 'rekening.1': '' }, 'rekening.1 ledger.chooseAccount'],
    ['both sides', { 'credit.1': '1' }, 'debet.1 ledger.oneSide'],
    ['neither side', { 'debet.1': '' }, 'debet.1 ledger.oneSide'],
    ['below zero', { 'debet.1': '-5' }, 'debet.1 ledger.debitMalformed'],
    ['no amount', { 'credit.3': 'veel' }, 'credit.3 ledger.creditMalformed'],
    ['no such member', { 'lid.3': '8' }, 'lid.3 ledger.unknownMember'],
    ['not level', { 'debet.1': '1.250,01' }, 'debet.1 ledger.notBalanced'],
    ['one line', { 'rekening.3': '', 'credit.3': '', 'lid.3': '' }, 'rekening.1 ledger.tooFewPostings'],
    ['no request key', { verzoek: 'x' }, 'dag ledger.formExpired'],
  ])('%s', (_, changes, wrong) => {
    expect(wrongFields(changes)).toContain(wrong)
  })

  it('adds up what can be read, and shows more lines when asked', () => {
    expect(typedTotals({ ...sound, 'debet.2': 'veel', 'debet.4': '0,50' })).toEqual({
      ...{ debitCents: 125_050n, creditCents: 125_000n },
    })
    expect([lineCount({}), lineCount({ actie: 'regels' }), lineCount({ 'rekening.9': '' })]).toEqual([
      4, 8, 9,
    ])
    expect(lineCount({ 'rekening.40': '', actie: 'regels' })).toBe(40)
  })
})
