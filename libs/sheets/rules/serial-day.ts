import type { SheetCell } from './sheet.js'

const DAY = 86_400_000
/** Serial numbers after 28 February 1900 count from here, because Excel believes in 29 February 1900. */
const BASE_1900 = Date.UTC(1899, 11, 30)
const BASE_1904 = Date.UTC(1904, 0, 1)
const LAST = Date.UTC(9999, 11, 31)

/**
 * The cell for a number that is shown as a date: a day; text when it has a time ('2020-02-15 13:45', '13:45');
 * null when it is no date (negative, after 9999).
 */
export function dayCell(serial: number, from1904: boolean): SheetCell | null {
  let days = Math.floor(serial)
  let seconds = Math.round((serial - days) * 86_400)
  if (seconds === 86_400) {
    days += 1
    seconds = 0
  }
  if (days < 0 || (!from1904 && days === 0 && seconds === 0)) return null
  if (serial < 1 && seconds > 0) return { kind: 'text', text: timeText(seconds) }
  const day = dayText(days, from1904)
  if (day === null) return null
  if (seconds > 0) return { kind: 'text', text: `${day} ${timeText(seconds)}` }
  return { kind: day === '1900-02-29' ? 'text' : 'day', text: day }
}

/** The serial number of a day in the 1900 system, or null for a day that Excel does not know or counts wrong. */
export function daySerial(day: string): number | null {
  const at = Date.parse(`${day}T00:00:00Z`)
  const serial = (at - BASE_1900) / DAY
  return /^\d{4}-\d\d-\d\d$/.test(day) && serial >= 61 && at <= LAST ? serial : null
}

/** The cell for a date that a workbook stores as text (ISO 8601). */
export function isoCell(text: string): SheetCell | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/.exec(text)
  if (!found) return null
  const [, day, time = '00:00'] = found
  if (/^00:00(:00)?$/.test(time)) return { kind: 'day', text: day! }
  return { kind: 'text', text: `${day} ${time}` }
}

function dayText(days: number, from1904: boolean): string | null {
  if (from1904) return isoDay(BASE_1904 + days * DAY)
  if (days === 60) return '1900-02-29'
  return isoDay(BASE_1900 + (days < 60 ? days + 1 : days) * DAY)
}

function isoDay(at: number): string | null {
  return at <= LAST ? new Date(at).toISOString().slice(0, 10) : null
}

function timeText(seconds: number): string {
  const text = new Date(seconds * 1000).toISOString().slice(11, 19)
  return text.endsWith(':00') ? text.slice(0, 5) : text
}
