import { describe, expect, it } from 'vitest'
import { type AgeingApplication, draftKeptUntil, duePart } from './retention.js'

const draft: AgeingApplication = { state: 'draft', wasSubmitted: false, savedOn: '2020-01-10', endedOn: null }
const sent = (state: AgeingApplication['state'], endedOn: string | null): AgeingApplication => ({
  state,
  wasSubmitted: true,
  savedOn: '2019-01-01',
  endedOn,
})

describe('what goes from an application', () => {
  it.each([
    ['a draft on its thirtieth day', draft, '2020-02-09', null],
    ['a draft the day after', draft, '2020-02-10', 'all'],
    ['a withdrawn draft', { ...draft, state: 'withdrawn', endedOn: '2020-01-10' }, '2020-02-10', 'all'],
    ['one that waits for years', sent('submitted', null), '2029-01-01', null],
    ['one that was asked back', sent('askedBack', null), '2029-01-01', null],
    ['a refusal of a year ago', sent('refused', '2019-02-01'), '2020-02-01', null],
    ['a refusal the day after', sent('refused', '2019-02-01'), '2020-02-02', 'evidence'],
    ['a withdrawal of long ago', sent('withdrawn', '2019-02-01'), '2021-01-01', 'evidence'],
    ['an admission of long ago', sent('admitted', null), '2029-01-01', null],
  ] as const)('%s', (_, application, today, part) => {
    expect(duePart(application, today)).toBe(part)
  })

  it('is said beforehand', () => {
    expect(draftKeptUntil('2020-02-15')).toBe('2020-03-16')
  })
})
