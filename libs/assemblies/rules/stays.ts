import type { AttendanceEvent } from './presence.js'

/** A time that a member was there; `until` is null when it did not check out. */
export interface Stay {
  from: Date
  until: Date | null
}

/** When a member was there, from the log in the order in which it was recorded; a second coming in a row changes nothing. */
export function staysOf(log: readonly AttendanceEvent[], memberId: string): Stay[] {
  const stays: Stay[] = []
  for (const { kind, at } of log.filter((event) => event.memberId === memberId)) {
    const last = stays.at(-1)
    const isThere = last !== undefined && last.until === null
    if (kind === 'in' && !isThere) stays.push({ from: at, until: null })
    if (kind === 'out' && isThere) last.until = at
  }
  return stays
}
