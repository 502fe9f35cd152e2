import type { Actor } from './steps.js'

/** Somebody who looks at a case. */
export interface Onlooker {
  personId: string
  /** Treasurer or coordinator of the counterparty. */
  ofCounterparty: boolean
  roles: readonly string[]
}

type Side = 'cooperative' | 'counterparty' | 'chair'

const sideOf: Record<Actor, Side> = {
  staff: 'cooperative',
  director: 'cooperative',
  counterparty: 'counterparty',
  chair: 'chair',
}

/**
 * In whose name somebody may act in a case. Treasurer and coordinator of the counterparty act for it alone, whatever
 * else they are, so that nobody judges the own plan; who acted for one side never acts for another in the same case.
 */
export function actorsFor(
  { personId, ofCounterparty, roles }: Onlooker,
  events: readonly { by: string; actor: Actor }[],
): Actor[] {
  const able: Actor[] = ofCounterparty
    ? ['counterparty']
    : [
        ...(roles.includes('serviceTeam') || roles.includes('teamLead') ? (['staff'] as const) : []),
        ...(roles.includes('director') ? (['director'] as const) : []),
        ...(roles.includes('chair') ? (['chair'] as const) : []),
      ]
  const sides = new Set(events.filter(({ by }) => by === personId).map(({ actor }) => sideOf[actor]))
  return able.filter((actor) => [...sides].every((side) => side === sideOf[actor]))
}

/** The offices that see every case, beside the two parties. */
export const watching: readonly string[] = [
  'serviceTeam',
  'teamLead',
  'controller',
  'director',
  'chair',
  'secretary',
]

/**
 * Who may read a case: the counterparty and the offices of the cooperative; from the moment it is on the agenda of an
 * assembly on everyone who signed in.
 */
export function maySee({ ofCounterparty, roles }: Omit<Onlooker, 'personId'>, atAssembly: boolean): boolean {
  return atAssembly || ofCounterparty || roles.some((role) => watching.includes(role))
}
