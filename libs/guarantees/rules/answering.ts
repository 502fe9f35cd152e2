/** Who answers an offer on behalf of the cooperative, and decides about a holder's guarantee. */
export type AnsweringRole = 'director' | 'chair' | 'controller'

/** What binds a holder to those who could decide about it. */
export interface Ties {
  /** The organisation of the director, or the contractor: whom the cap binds. */
  boundByCap: boolean
  /** Whether there is a director who is no delegate of the holder. */
  directorIsFree: boolean
}

/**
 * The roles that may decide about a holder's guarantee: the director, and about the director's own organisation or
 * the contractor the chair or the controller.
 */
export function answeringRoles({ boundByCap, directorIsFree }: Ties): AnsweringRole[] {
  return boundByCap || !directorIsFree ? ['chair', 'controller'] : ['director']
}

/** Why someone may not decide about a holder; null when they may. Nobody decides about whom they act for. */
export function refusalToAnswer(
  visitor: { roles: readonly string[]; isDelegateOfHolder: boolean },
  ties: Ties,
): 'guarantee.ownHolder' | 'guarantee.notForDirector' | 'guarantee.onlyDirector' | null {
  if (visitor.isDelegateOfHolder) return 'guarantee.ownHolder'
  const allowed = answeringRoles(ties)
  if (allowed.some((role) => visitor.roles.includes(role))) return null
  return allowed.includes('director') ? 'guarantee.onlyDirector' : 'guarantee.notForDirector'
}
