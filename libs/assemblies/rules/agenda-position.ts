/** An item was begun or ended, in the order in which it was recorded. */
export interface ProgressEvent {
  itemId: string
  kind: 'begun' | 'ended'
  at: Date
}

/** The item that the assembly is at, and since when; null before the first and between items. */
export function positionBy(log: readonly ProgressEvent[]): { itemId: string; since: Date } | null {
  const last = log.at(-1)
  return last?.kind === 'begun' ? { itemId: last.itemId, since: last.at } : null
}

/**
 * The item to go to after this one, by the order of the agenda: the first one below that was not dealt with yet, else
 * the first one of all that was not; null when there is none.
 */
export function nextItem<T extends { id: string }>(
  items: readonly T[],
  log: readonly ProgressEvent[],
): T | null {
  const begun = new Set(log.map(({ itemId }) => itemId))
  const last = items.findIndex(({ id }) => id === log.at(-1)?.itemId)
  const open = (among: readonly T[]) => among.find(({ id }) => !begun.has(id))
  return open(items.slice(last + 1)) ?? open(items) ?? null
}
