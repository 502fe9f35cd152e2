import type { Cents } from '#kernel'

/** What was booked of a line in a quarter; a correction is a second one. */
export interface BookedMovement {
  quarter: string
  lineId: string
  cents: Cents
}

/** The movements of one quarter that are to be booked: one entry. */
export interface DueBooking {
  quarter: string
  lines: { lineId: string; cents: Cents }[]
}

/**
 * What is still to be booked of a year, quarter by quarter. Reports state what was spent since 1 January, so a quarter
 * moved by the difference with the approved quarter before it. What was booked stays: a corrected quarter gives the
 * difference, and the opposite in the next quarter, whose own total did not change.
 * @param approved what each approved quarter states, per line since 1 January. A quarter that was opened again and is
 *   not approved anew is left out: what was booked of it stands until then.
 * @param booked what was booked of this year
 */
export function dueBookings(
  approved: ReadonlyMap<string, ReadonlyMap<string, Cents>>,
  booked: readonly BookedMovement[],
): DueBooking[] {
  const quarters = [...new Set([...approved.keys(), ...booked.map(({ quarter }) => quarter)])].toSorted()
  const before = new Map<string, Cents>()
  const due: DueBooking[] = []
  for (const quarter of quarters) {
    const stated = approved.get(quarter)
    const already = sumPerLine(booked.filter((one) => one.quarter === quarter))
    if (!stated) {
      for (const [line, cents] of already) before.set(line, amount(before, line) + cents)
      continue
    }
    const lines: DueBooking['lines'] = []
    for (const line of new Set([...before.keys(), ...stated.keys(), ...already.keys()])) {
      const cents = amount(stated, line) - amount(before, line) - amount(already, line)
      if (cents !== 0n) lines.push({ lineId: line, cents })
      before.set(line, amount(stated, line))
    }
    if (lines.length > 0) due.push({ quarter, lines })
  }
  return due
}

/** What was booked per line, all quarters together. */
export function sumPerLine(booked: readonly { lineId: string; cents: Cents }[]): Map<string, Cents> {
  const sums = new Map<string, Cents>()
  for (const { lineId, cents } of booked) sums.set(lineId, amount(sums, lineId) + cents)
  return sums
}

const amount = (of: ReadonlyMap<string, Cents>, line: string): Cents => of.get(line) ?? 0n
