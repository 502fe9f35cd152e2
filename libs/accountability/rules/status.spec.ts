import { describe, expect, it } from 'vitest'
import { Quarter } from '#kernel'
import { courseOf, type ReportEvent, type ReportEventKind } from './course.js'
import { type Section, sections } from './report-template.js'
import { draftIsOpen, statusOf } from './status.js'
import { dueOn, hasBegun, timingViolations } from './timing.js'

const event = (
  kind: ReportEventKind,
  version: number | null = 1,
  of: readonly Section[] = [],
): ReportEvent => ({
  ...{ kind, version, sections: of, text: '', at: new Date(0), by: { id: 'a', name: 'A' } },
})
const submitted = event('submitted', 1, sections)
const approved = event('approved', 1, sections)

describe('statusOf', () => {
  it.each([
    ['nothing', false, [], 'empty', true],
    ['something typed', true, [], 'draft', true],
    ['completed', true, [event('completed', null)], 'completed', true],
    ['changed since', true, [event('completed', null), event('changed', null)], 'draft', true],
    ['submitted', true, [submitted], 'submitted', false],
    ['withdrawn', true, [submitted, event('withdrawn')], 'draft', true],
    ['partly approved', true, [submitted, event('approved', 1, ['story'])], 'submitted', false],
    ['a section returned', true, [submitted, event('returned', 1, ['money'])], 'returned', true],
    [
      'completed after a return',
      true,
      [submitted, event('returned', 1, ['money']), event('completed', null)],
      'completed',
      true,
    ],
    ['all approved, the quarter before still open', true, [submitted, approved], 'submitted', false],
    ['closed', true, [submitted, approved, event('closed')], 'approved', false],
    [
      'reopened',
      true,
      [submitted, approved, event('closed'), event('reopened', 1, ['risks'])],
      'returned',
      true,
    ],
  ] as const)('%s', (_, saved, events, status, open) => {
    expect(statusOf(courseOf(events), saved)).toBe(status)
    expect(draftIsOpen(status)).toBe(open)
  })
})

describe('timing', () => {
  const year = { startsOn: '2019-01-01', endsOn: '2019-12-31' }

  it.each([
    ['2019-Q4', '2019-12-31', ['report.quarterNotEnded']],
    ['2019-Q4', '2020-01-01', []],
    ['2018-Q4', '2020-01-01', ['report.outsideAgreement']],
    ['2020-Q1', '2020-05-01', ['report.outsideAgreement']],
  ])('%s submitted on %s: %s', (quarter, today, expected) => {
    expect(timingViolations(Quarter.parse(quarter), year, today).map(({ code }) => code)).toEqual(expected)
  })

  it('counts a quarter that the agreement covers in part', () => {
    expect(
      timingViolations(
        Quarter.parse('2019-Q1'),
        { startsOn: '2019-03-31', endsOn: '2019-12-31' },
        '2019-04-01',
      ),
    ).toEqual([])
  })

  it('is due so many days after the quarter', () => {
    expect(dueOn(Quarter.parse('2019-Q4'), 30)).toBe('2020-01-30')
    expect(dueOn(Quarter.parse('2019-Q4'), 60)).toBe('2020-02-29')
  })

  it('opens the draft on the first day of the quarter', () => {
    expect(hasBegun(Quarter.parse('2020-Q1'), '2019-12-31')).toBe(false)
    expect(hasBegun(Quarter.parse('2020-Q1'), '2020-01-01')).toBe(true)
  })
})
