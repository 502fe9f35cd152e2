import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel'
import { daysLate, type Remindable, type Reminder, reminderDue } from './reminding.js'

const offsets = { due: [-14, -5, 0, 3, 10], returned: [7, 14] }
const open: Remindable = { status: 'draft', dueOn: '2020-03-01', returnedOn: null }
const due = (offset: number): Reminder => ({ kind: 'due', countedFrom: '2020-03-01', offset })
const returned = (offset: number): Reminder => ({ kind: 'returned', countedFrom: '2020-03-20', offset })

describe('the reminder of today', () => {
  it.each<[string, string, Partial<Remindable>, Reminder[], Reminder | null]>([
    ['15 days before', '2020-02-15', {}, [], null],
    ['14 days before', '2020-02-16', {}, [], due(-14)],
    ['that one was sent', '2020-02-17', {}, [due(-14)], null],
    ['5 days before', '2020-02-25', {}, [due(-14)], due(-5)],
    ['on the day', '2020-03-01', { status: 'completed' }, [due(-14), due(-5)], due(0)],
    ['3 days after, of a report nobody began', '2020-03-04', { status: 'empty' }, [due(0)], due(3)],
    ['10 days after', '2020-03-11', {}, [due(3)], due(10)],
    ['a year later, all sent', '2021-03-11', {}, [due(10)], null],
    ['after being away from 14 to 4 days before: only the last one', '2020-02-26', {}, [], due(-5)],
    ['after being away all the time: only the last one', '2020-06-01', {}, [due(-14)], due(10)],
    ['once it is submitted', '2020-03-11', { status: 'submitted' }, [], null],
    ['once it is approved', '2020-03-11', { status: 'approved' }, [], null],
    [
      'of another due day, as the agreement changed',
      '2020-03-01',
      {},
      [{ ...due(10), countedFrom: '2020-02-20' }],
      due(0),
    ],
    ['6 days after it came back', '2020-03-26', { returnedOn: '2020-03-20', status: 'returned' }, [], null],
    [
      '7 days after it came back',
      '2020-03-27',
      { returnedOn: '2020-03-20', status: 'returned' },
      [due(10)],
      returned(7),
    ],
    [
      'that one was sent too',
      '2020-03-28',
      { returnedOn: '2020-03-20', status: 'completed' },
      [returned(7)],
      null,
    ],
    [
      '14 days after',
      '2020-04-03',
      { returnedOn: '2020-03-20', status: 'returned' },
      [returned(7)],
      returned(14),
    ],
    [
      'a second time back, counted anew',
      '2020-05-08',
      { returnedOn: '2020-05-01', status: 'returned' },
      [returned(14)],
      { kind: 'returned', countedFrom: '2020-05-01', offset: 7 },
    ],
  ])('%s', (_, today, change, sent, expected) => {
    expect(reminderDue({ ...open, ...change }, offsets, sent, today)).toEqual(expected)
  })

  it('is never asked for where the statutes name no days', () => {
    expect(reminderDue(open, { due: [], returned: [] }, [], '2020-06-01')).toBeNull()
  })

  it('comes at most once per day of the statutes, on or after it, on whatever days the work is done', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 })), (steps) => {
        const sent: Reminder[] = []
        let today = '2020-01-20'
        for (const step of steps) {
          today = addDays(today, step)
          const next = reminderDue(open, offsets, sent, today)
          if (!next) continue
          expect(addDays(next.countedFrom, next.offset) <= today).toBe(true)
          expect(sent.every(({ offset }) => offset < next.offset)).toBe(true)
          sent.push(next)
          expect(reminderDue(open, offsets, sent, today)).toBeNull()
        }
      }),
    )
  })
})

it.each<[string, Partial<Remindable>, number]>([
  ['2020-03-01', {}, 0],
  ['2020-03-02', {}, 1],
  ['2020-02-01', {}, 0],
  ['2020-03-31', { status: 'submitted' }, 0],
  ['2020-03-31', { status: 'returned', returnedOn: '2020-03-20' }, 0],
  ['2020-03-31', { status: 'completed' }, 30],
])('on %s with %j it is %i days late', (today, change, days) => {
  expect(daysLate({ ...open, ...change }, today)).toBe(days)
})
