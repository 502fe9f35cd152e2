/** What can happen to a change after it was proposed, in the order in which it is recorded. */
export const changeEventTypes = [
  'confirmed',
  'carriedOut',
  'refused',
  'withdrawn',
  'objected',
  'settled',
] as const
export type ChangeEventType = (typeof changeEventTypes)[number]

/**
 * How a change stands. `waiting`: for a second person. `blocked`: someone said that it is not right, and the
 * service team decides. `contested`: the same, but after it was carried out.
 */
export type ChangeState = 'waiting' | 'blocked' | 'refused' | 'withdrawn' | 'carriedOut' | 'contested'

export function stateOf(events: readonly ChangeEventType[]): ChangeState {
  const last = events.filter((type) => type !== 'confirmed').at(-1)
  if (last === undefined) return 'waiting'
  if (last === 'objected') return events.includes('carriedOut') ? 'contested' : 'blocked'
  return last === 'settled' ? 'carriedOut' : last
}

/** Nothing has come of it yet. */
export function isOpen(state: ChangeState): boolean {
  return state === 'waiting' || state === 'blocked'
}

/** The service team has to look at it. */
export function needsServiceTeam(state: ChangeState): boolean {
  return state === 'blocked' || state === 'contested'
}
