import { RuleViolated } from '#kernel'

/** What an item is for. Of the deciding ones a motion is put to the vote; persons are elected by a poll of their own. */
export const itemTypes = [
  'information',
  'discussion',
  'resolution',
  'accounts',
  'discharge',
  'election',
  'roundOff',
] as const
export type ItemType = (typeof itemTypes)[number]

const deciding: readonly ItemType[] = ['resolution', 'accounts', 'discharge']
/** Whether an item of this type has a motion. */
export const isDeciding = (type: ItemType): boolean => deciding.includes(type)

/** The instant at which each item begins, and at which the last one ends, by the minutes planned. */
export function startTimes(
  startsAt: Date,
  items: readonly { minutes: number }[],
): { starts: Date[]; endsAt: Date } {
  let at = startsAt.getTime()
  const starts = items.map(({ minutes }) => {
    const start = new Date(at)
    at += minutes * 60_000
    return start
  })
  return { starts, endsAt: new Date(at) }
}

/** The order with one item a place up or down; at the end of the list it stays where it is. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return [...ids]
  const next = [...ids]
  next[from] = ids[to]!
  next[to] = id
  return next
}

/**
 * Checks that a new order holds the same items, each once.
 * @throws RuleViolated `agenda.changedMeanwhile`
 */
export function checkOrder(current: readonly string[], wanted: readonly string[]): void {
  const same = new Set(wanted).size === wanted.length && wanted.length === current.length
  if (!same || !current.every((id) => wanted.includes(id))) throw RuleViolated.of('agenda.changedMeanwhile')
}
