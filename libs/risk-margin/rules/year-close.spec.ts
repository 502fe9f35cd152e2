import { describe, expect, it } from 'vitest'
import { type CloseItem, checkYearClose, closeItems, openItems, type YearRecords } from './year-close.js'

const inOrder: YearRecords = {
  quarters: [1, 2, 3, 4].map((n) => ({ area: 'Oost', quarter: `2019-Q${n}`, closed: true })),
  booksClosedThrough: '2019-12-31',
  adopted: '2020-01',
  discharged: '2020-02',
  reviewed: { kind: 'auditCommittee', on: '2020-02-10' },
  plan: { agreed: true, goals: 8, judged: 8, met: 8 },
  confirmed: { name: 'Kascommissie', on: '2020-02-12' },
  openCalls: [],
  waivers: new Map(),
}
const found = (changes: Partial<YearRecords>) => checkYearClose(2019, { ...inOrder, ...changes })
const why = (item: CloseItem, changes: Partial<YearRecords>) =>
  found(changes).find((one) => one.item === item)!

describe('closing a year', () => {
  it('asks eight things, each with its reason, and is done when all are met', () => {
    const items = checkYearClose(2019, inOrder)
    expect(items.map(({ item }) => item)).toEqual(closeItems)
    expect(items.every(({ met }) => met)).toBe(true)
    expect(openItems(items)).toEqual([])
  })

  const [first, ...rest] = inOrder.quarters
  const cases: [name: string, item: CloseItem, changes: Partial<YearRecords>, key: string][] = [
    ['no report is due', 'quarters', { quarters: [] }, 'quarters.none'],
    [
      'one quarter is open',
      'quarters',
      { quarters: [{ ...first!, closed: false }, ...rest] },
      'quarters.open',
    ],
    ['nothing was closed in the books', 'books', { booksClosedThrough: null }, 'books.none'],
    ['December is open', 'books', { booksClosedThrough: '2019-11-30' }, 'books.open'],
    ['the accounts were not adopted', 'accounts', { adopted: null }, 'accounts.missing'],
    ['adopted is not discharged', 'discharge', { discharged: null }, 'discharge.missing'],
    ['nobody reviewed the accounts', 'review', { reviewed: null }, 'review.missing'],
    ['no plan', 'workPlan', { plan: { agreed: false, goals: 0, judged: 0, met: 0 } }, 'workPlan.notAgreed'],
    [
      'a goal without verdict',
      'workPlan',
      { plan: { ...inOrder.plan, judged: 7, met: 7 } },
      'workPlan.notJudged',
    ],
    ['a goal partly met', 'workPlan', { plan: { ...inOrder.plan, met: 7 } }, 'workPlan.notMet'],
    ['nobody confirmed', 'confirmation', { confirmed: null }, 'confirmation.missing'],
    [
      'nothing to confirm yet',
      'confirmation',
      { confirmed: null, plan: { ...inOrder.plan, judged: 7, met: 7 } },
      'confirmation.tooEarly',
    ],
    ['a call is open', 'calls', { openCalls: [{ number: 1, openCents: 100n }] }, 'calls.open'],
  ]
  it.each(cases)('is not done when %s', (_, item, changes, key) => {
    expect(why(item, changes)).toMatchObject({ met: false, waivedBy: null, why: { key } })
    expect(openItems(found(changes))).toContain(item)
  })

  it('counts a later closed day, and an auditor as well as the kascommissie', () => {
    expect(why('books', { booksClosedThrough: '2020-01-31' }).met).toBe(true)
    expect(why('review', { reviewed: { kind: 'auditor', on: '2020-03-01' } }).why.key).toBe('review.auditor')
  })

  it('names the first four open quarters and counts the others', () => {
    const quarters = ['A', 'B', 'C', 'D', 'E', 'F'].map((area) => ({
      area,
      quarter: '2019-Q4',
      closed: false,
    }))
    expect(why('quarters', { quarters }).why.values).toEqual({
      ...{ open: 6, count: 6, more: 2 },
      names: 'A 2019-Q4, B 2019-Q4, C 2019-Q4, D 2019-Q4',
    })
  })

  it('lets an adopted decision waive what is not met, that item only', () => {
    const changes = { adopted: null, discharged: null, waivers: new Map([['accounts', '2020-05']] as const) }
    expect(openItems(found(changes))).toEqual(['discharge'])
    expect(why('accounts', changes)).toMatchObject({ met: false, waivedBy: '2020-05' })
    expect(why('accounts', { ...changes, adopted: '2020-06' })).toMatchObject({ met: true, waivedBy: null })
  })
})
