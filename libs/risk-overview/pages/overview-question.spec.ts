import { describe, expect, it } from 'vitest'
import { readQuestion } from './overview-question.js'

describe('the address of the overview', () => {
  it.each([
    [
      'nothing',
      {},
      { year: null, day: null, wrongDay: false, typedLoss: null, lossCents: null, without: [] },
    ],
    [
      'year and day',
      { jaar: '2019', per: '2019-12-31' },
      { year: '2019', day: '2019-12-31', wrongDay: false },
    ],
    ['no day', { per: '2019-02-30' }, { day: null, wrongDay: true }],
    ['a repeated day is as none', { per: ['2019-01-01', '2019-01-02'] }, { day: null, wrongDay: false }],
    ['a loss as people write it', { verlies: ' 150.000,50 ' }, { lossCents: 15_000_050n, violation: null }],
    ['an empty loss', { verlies: ' ' }, { typedLoss: null, lossCents: null, violation: null }],
    ['one who falls away', { zonder: '52' }, { without: [52] }],
    ['some who fall away', { zonder: ['52', '3', '-1', '1e3', '0'] }, { without: [52, 3] }],
  ])('%s', (_, query, expected) => {
    expect(readQuestion(query)).toMatchObject(expected)
  })

  it.each([
    ['veel', 'riskOverview.malformedLoss'],
    ['12.50', 'riskOverview.malformedLoss'],
    ['-5', 'riskOverview.negativeLoss'],
    ['9'.repeat(50), 'riskOverview.malformedLoss'],
  ])('a loss of %s is refused and kept as typed', (verlies, code) => {
    expect(readQuestion({ verlies })).toMatchObject({
      ...{ typedLoss: verlies, lossCents: null },
      violation: { code, path: 'verlies' },
    })
  })
})
