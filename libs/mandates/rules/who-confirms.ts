/** The people around a proposed mandate. */
export interface Around {
  /** Who acts for the member when it is confirmed. */
  personId: string
  /** Null when the cooperative's own administration entered it. */
  proposedBy: string | null
  /** The member's registered contact at this moment; none when the register names nobody. */
  contacts: readonly string[]
  /** The sitting delegates. */
  delegates: readonly string[]
}

/** Who may confirm: the registered contact, or else a second person. */
export interface Confirmers {
  by: 'contact' | 'secondPerson'
  personIds: string[]
  /** Whether someone of the service team may do it too. */
  serviceTeam: boolean
}

/**
 * Who may confirm a mandate: the registered contact of that moment; never who proposed it, and nobody for
 * themselves. When the contact proposed it or is the one to act, or nobody is registered, a second person does: the
 * sitting delegate or the service team.
 */
export function confirmersOf({ personId, proposedBy, contacts, delegates }: Around): Confirmers {
  const isAnother = (id: string) => id !== personId && id !== proposedBy
  const own = contacts.filter(isAnother)
  if (own.length > 0) return { by: 'contact', personIds: own, serviceTeam: false }
  return { by: 'secondPerson', personIds: delegates.filter(isAnother), serviceTeam: true }
}

/** Whether this person may confirm or refuse. */
export function mayConfirm(around: Around, visitor: { personId: string; isServiceTeam: boolean }): boolean {
  const { personIds, serviceTeam } = confirmersOf(around)
  if (personIds.includes(visitor.personId)) return true
  const isAnother = visitor.personId !== around.personId && visitor.personId !== around.proposedBy
  return serviceTeam && visitor.isServiceTeam && isAnother
}
