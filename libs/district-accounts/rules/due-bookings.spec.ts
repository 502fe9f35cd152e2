import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BookedMovement, type DueBooking, dueBookings, sumPerLine } from './due-bookings.js'

const stated = (of: Record<string, Record<string, bigint>>) =>
  new Map(Object.entries(of).map(([quarter, lines]) => [quarter, new Map(Object.entries(lines))]))
const movements = (due: DueBooking[]): BookedMovement[] =>
  due.flatMap(({ quarter, lines }) => lines.map((line) => ({ quarter, ...line })))

describe('what is to be booked', () => {
  it('is the first quarter as it stands, and the difference after that', () => {
    expect(
      dueBookings(stated({ '2019-Q1': { a: 100n, b: 0n }, '2019-Q2': { a: 250n, b: 40n } }), []),
    ).toEqual([
      { quarter: '2019-Q1', lines: [{ lineId: 'a', cents: 100n }] },
      {
        quarter: '2019-Q2',
        lines: [
          { lineId: 'a', cents: 150n },
          { lineId: 'b', cents: 40n },
        ],
      },
    ])
  })

  it('is nothing when everything was booked', () => {
    const approved = stated({ '2019-Q1': { a: 100n }, '2019-Q2': { a: 250n } })
    expect(dueBookings(approved, movements(dueBookings(approved, [])))).toEqual([])
  })

  it('may be less than nothing: a correction downwards', () => {
    expect(dueBookings(stated({ '2019-Q1': { a: 100n }, '2019-Q2': { a: 90n } }), [])[1]).toEqual({
      quarter: '2019-Q2',
      lines: [{ lineId: 'a', cents: -10n }],
    })
  })

  it('counts from the last approved quarter when one between was never approved', () => {
    expect(dueBookings(stated({ '2019-Q1': { a: 100n }, '2019-Q3': { a: 300n } }), [])[1]).toEqual({
      quarter: '2019-Q3',
      lines: [{ lineId: 'a', cents: 200n }],
    })
  })

  it('of a corrected quarter is the difference, and the opposite in the quarter after it', () => {
    const booked = movements(dueBookings(stated({ '2019-Q1': { a: 100n }, '2019-Q2': { a: 250n } }), []))
    const corrected = stated({ '2019-Q1': { a: 130n }, '2019-Q2': { a: 250n } })
    expect(dueBookings(corrected, booked)).toEqual([
      { quarter: '2019-Q1', lines: [{ lineId: 'a', cents: 30n }] },
      { quarter: '2019-Q2', lines: [{ lineId: 'a', cents: -30n }] },
    ])
  })

  it('leaves what was booked of a quarter that was opened again', () => {
    const booked = movements(dueBookings(stated({ '2019-Q1': { a: 100n } }), []))
    expect(dueBookings(stated({}), booked)).toEqual([])
    expect(dueBookings(stated({ '2019-Q2': { a: 250n } }), booked)).toEqual([
      { quarter: '2019-Q2', lines: [{ lineId: 'a', cents: 150n }] },
    ])
  })

  it('takes back a line that the agreement no longer has', () => {
    expect(dueBookings(stated({ '2019-Q1': { a: 100n }, '2019-Q2': { b: 250n } }), [])[1]?.lines).toEqual([
      { lineId: 'a', cents: -100n },
      { lineId: 'b', cents: 250n },
    ])
  })

  it('brings what is booked to what the last approved quarter states, whatever was approved before', () => {
    const lines = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.bigInt(-1000n, 1000n))
    const year = fc.tuple(fc.option(lines), fc.option(lines), fc.option(lines), fc.option(lines))
    const named = (of: readonly (Record<string, bigint> | null)[]) =>
      stated(
        Object.fromEntries(
          of.flatMap((one, at) => (one === null ? [] : [[`2019-Q${at + 1}`, one]])),
        ) as never,
      )
    fc.assert(
      fc.property(fc.array(year, { minLength: 1, maxLength: 5 }), (rounds) => {
        let booked: BookedMovement[] = []
        for (const round of rounds) booked = [...booked, ...movements(dueBookings(named(round), booked))]
        expect(dueBookings(named(rounds.at(-1)!), booked)).toEqual([])
        const last = rounds.at(-1)![3]
        if (last) for (const [line, cents] of sumPerLine(booked)) expect(cents).toBe(last[line] ?? 0n)
      }),
    )
  })
})
