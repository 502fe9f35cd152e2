import type { Day } from '#kernel'
import type { PledgeChange } from './cover-history.js'

/** A change of one holder's pledge. */
export interface HolderChange extends PledgeChange {
  /** The holder. */
  id: string
}

/** What is recorded already and works from a later day, the first first. */
export function announcedAfter<C extends HolderChange>(day: Day, changes: readonly C[]): C[] {
  return changes.filter(({ on }) => on > day).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
