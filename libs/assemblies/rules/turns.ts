/** A line of the log of the agenda. */
export interface Progress {
  itemId: string
  kind: 'begun' | 'ended'
  at: Date
}

/** When the assembly was at an item: until it ended that, began another one, or was over. */
export function turnsOf(
  log: readonly Progress[],
  itemId: string,
  endedAt: Date | null,
): { from: Date; until: Date | null }[] {
  return log.flatMap((event, at) => {
    if (event.itemId !== itemId || event.kind !== 'begun') return []
    const next = log.slice(at + 1).find((other) => other.kind === 'begun' || other.itemId === itemId)
    return [{ from: event.at, until: next?.at ?? endedAt }]
  })
}
