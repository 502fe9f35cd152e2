import { describe, expect, it } from 'vitest'
import { StatuteBook, type StatuteSetting } from './statute-book.js'

const proxyCap = (value: number, holdsFrom: string): StatuteSetting<'proxyCap'> => ({
  key: 'proxyCap',
  value,
  article: 'artikel 16',
  source: 'test',
  holdsFrom,
})

describe('StatuteBook', () => {
  const recorded = [proxyCap(2, '2018-07-01'), proxyCap(3, '2020-01-01'), proxyCap(1, '2019-01-01')]

  it.each([
    ['2018-07-01', 2],
    ['2018-12-31', 2],
    ['2019-01-01', 1],
    ['2019-12-31', 1],
    ['2020-01-01', 3],
    ['2030-01-01', 3],
  ])('on %s the cap is %i, whatever the order of recording', (day, cap) => {
    expect(new StatuteBook(day, recorded).get('proxyCap').value).toBe(cap)
  })

  it('takes the setting recorded last when two hold from the same day', () => {
    const corrected = [...recorded, proxyCap(5, '2019-01-01')]
    expect(new StatuteBook('2019-06-01', corrected).get('proxyCap').value).toBe(5)
  })

  it('says which rule is missing on which day', () => {
    const book = new StatuteBook('2018-06-30', recorded)
    expect(() => book.get('proxyCap')).toThrowError(
      expect.objectContaining({
        violations: [{ code: 'statutes.missing', params: { key: 'proxyCap', day: '2018-06-30' } }],
      }),
    )
    expect(book.all()).toEqual([])
  })
})
