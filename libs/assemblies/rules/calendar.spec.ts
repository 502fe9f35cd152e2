import { describe, expect, it } from 'vitest'
import { type CalendarEvent, writeCalendar } from './calendar.js'

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'alv-1@example.org',
  sequence: 0,
  cancelled: false,
  stampedAt: new Date('2020-03-01T10:00:00.123Z'),
  startsAt: new Date('2020-03-28T19:30:00+01:00'),
  endsAt: new Date('2020-03-28T21:00:00+01:00'),
  summary: 'ALV',
  description: '',
  location: 'Podium Oost',
  url: 'https://example.org/alv/1',
  ...more,
})
const unfolded = (text: string) => text.replace(/\r\n /g, '').split('\r\n')

describe('a calendar file (RFC 5545)', () => {
  it('is exactly this', () => {
    expect(writeCalendar(event())).toBe(
      [
        ...[
          'BEGIN:VCALENDAR',
          'VERSION:2.0',
          'PRODID:-//Samen//ALV//NL',
          'CALSCALE:GREGORIAN',
          'METHOD:PUBLISH',
        ],
        ...['BEGIN:VEVENT', 'UID:alv-1@example.org', 'SEQUENCE:0', 'DTSTAMP:20200301T100000Z'],
        ...['DTSTART:20200328T183000Z', 'DTEND:20200328T200000Z', 'SUMMARY:ALV', 'LOCATION:Podium Oost'],
        ...['URL:https://example.org/alv/1', 'STATUS:CONFIRMED', 'END:VEVENT', 'END:VCALENDAR', ''],
      ].join('\r\n'),
    )
  })

  it.each([
    ['a,b;c\\d', 'SUMMARY:a\\,b\\;c\\\\d'],
    ['een\r\ntwee\rdrie\nvier', 'SUMMARY:een\\ntwee\\ndrie\\nvier'],
    ['x\u0000\u0007y', 'SUMMARY:xy'],
    ['a\u2028b', 'SUMMARY:ab'],
  ])('escapes %j', (summary, line) => {
    expect(unfolded(writeCalendar(event({ summary })))).toContain(line)
  })

  it.each(['x'.repeat(300), 'é'.repeat(200), '🌳'.repeat(90), `${'a'.repeat(66)}€€€€`])(
    'folds at 75 octets without cutting a character: %s',
    (summary) => {
      const text = writeCalendar(event({ summary }))
      for (const line of text.split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(unfolded(text)).toContain(`SUMMARY:${summary}`)
      expect(text).not.toContain('\uFFFD')
    },
  )

  it('no property can be slipped in through a text', () => {
    const text = writeCalendar(event({ url: 'https://x\r\nATTACH:y', location: 'a\r\nEND:VEVENT' }))
    expect(text.split('\r\n').filter((line) => /^(ATTACH|END:VEVENT)/.test(line))).toEqual(['END:VEVENT'])
  })

  it('cancels what was sent before under the same name', () => {
    const lines = unfolded(writeCalendar(event({ cancelled: true, sequence: 2 })))
    expect(lines).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:2']))
  })

  it('leaves the end out when no time was planned', () => {
    const { startsAt } = event()
    expect(writeCalendar(event({ endsAt: startsAt }))).not.toContain('DTEND')
  })
})
