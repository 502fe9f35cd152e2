import { addDays, type Day, isDay, type Violation } from '#kernel'

/** The same day so many months later; the month's last day where it has no such day. */
export function monthsLater(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number]
  const count = year * 12 + (month - 1) + months
  const name = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
  for (let last = dayOfMonth; last > 0; last--) {
    const found = `${name}-${String(last).padStart(2, '0')}`
    if (isDay(found)) return found
  }
  return `${name}-01`
}

/** The last day of an agreement under which notice is given on this day. */
export function endAfterNotice(givenOn: Day, noticeMonths: number): Day {
  return monthsLater(givenOn, noticeMonths)
}

/**
 * Whether notice can be given: the agreement runs, and ends later than the notice lasts.
 * Codes: `agreement.notRunning`, `agreement.endsSoonAnyway`, `agreement.alreadyTerminated`.
 */
export function checkTermination(
  { startsOn, endsOn, terminated }: { startsOn: Day; endsOn: Day; terminated: boolean },
  today: Day,
  noticeMonths: number,
): Violation[] {
  if (today < startsOn || today > endsOn) return [{ code: 'agreement.notRunning' }]
  if (terminated) return [{ code: 'agreement.alreadyTerminated' }]
  const end = endAfterNotice(today, noticeMonths)
  return end >= endsOn ? [{ code: 'agreement.endsSoonAnyway', params: { day: endsOn } }] : []
}

/** From how many days before its end an agreement asks for a renewal. */
export const DAYS_BEFORE_END = 90

/** The period that follows a period: from the day after it, for as many whole years, at least one. */
export function nextPeriod(startsOn: Day, endsOn: Day): { holdsFrom: Day; endsOn: Day } {
  const holdsFrom = addDays(endsOn, 1)
  const months =
    (Number(holdsFrom.slice(0, 4)) - Number(startsOn.slice(0, 4))) * 12 +
    Number(holdsFrom.slice(5, 7)) -
    Number(startsOn.slice(5, 7))
  return { holdsFrom, endsOn: addDays(monthsLater(holdsFrom, Math.min(Math.max(months, 12), 24)), -1) }
}
