const amsterdam = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  hour: '2-digit',
  minute: '2-digit',
})

/** The hour in Amsterdam for a violation's text, as a Dutch clock is written: `20.21`. */
export function clockTime(instant: Date): string {
  return amsterdam.format(instant).replace(':', '.')
}
