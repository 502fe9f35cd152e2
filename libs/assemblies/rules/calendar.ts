/** One appointment for a calendar file. */
export interface CalendarEvent {
  /** The same for every version of the appointment, so that a calendar replaces the older one. */
  uid: string
  sequence: number
  cancelled: boolean
  stampedAt: Date
  startsAt: Date
  endsAt: Date
  summary: string
  description: string
  location: string
  url: string
}

/**
 * An iCalendar file (RFC 5545) with one event: lines end in CRLF and are folded at 75 octets, texts escaped,
 * instants in UTC, which every calendar shows in the time of its reader.
 */
export function writeCalendar(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Samen//ALV//NL',
    'CALSCALE:GREGORIAN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.stampedAt)}`,
    `DTSTART:${utc(event.startsAt)}`,
    ...(event.endsAt > event.startsAt ? [`DTEND:${utc(event.endsAt)}`] : []),
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    `URL:${withoutControls(event.url)}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const LINE_OCTETS = 75

/** TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks are escaped; other controls are dropped. */
function escaped(text: string): string {
  return withoutControls(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[\\;,]/g, '\\$&')
      .replace(/\n/g, '\\n'),
  )
}

const withoutControls = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, '')

const utc = (at: Date): string => at.toISOString().replace(/\.\d{3}|[-:]/g, '')

/** RFC 5545, 3.1: no line is longer than 75 octets of UTF-8, and no character is cut in two. */
function folded(line: string): string {
  let room = LINE_OCTETS
  let out = ''
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!)
    if (size > room) {
      out += '\r\n '
      room = LINE_OCTETS - 1
    }
    out += character
    room -= size
  }
  return out
}

function octetsOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
