import type { Violation } from '#kernel'
import { type FieldChange, isForServiceTeam } from './fields.js'
import { type ChangeState, isOpen } from './state.js'

/** As whom somebody acts for a member. */
export type ActingAs = 'delegate' | 'contact' | 'serviceTeam'

/** The person at the form, as the member in question knows them. */
export interface Actor {
  personId: string
  email: string
  /** What the person is of this very member. */
  own: readonly ('delegate' | 'contact')[]
  serviceTeam: boolean
}

/** What has to be known of a proposal to say who may do what with it. */
export interface Proposal {
  proposedBy: string
  state: ChangeState
  changes: readonly FieldChange[]
}

/** As whom a person acts: for the own member before anything else. Null: not at all. */
export function actingAs({ own, serviceTeam }: Pick<Actor, 'own' | 'serviceTeam'>): ActingAs | null {
  return own[0] ?? (serviceTeam ? 'serviceTeam' : null)
}

/**
 * What a person is of a member. Of a former member only the contact still is something.
 * @param held the roles that the person holds for this member
 */
export function ownRoles(held: { delegate: boolean; contact: boolean }, former: boolean): Actor['own'] {
  return [
    ...(held.delegate && !former ? (['delegate'] as const) : []),
    ...(held.contact ? (['contact'] as const) : []),
  ]
}

/** Codes: `memberChange.notYours`, `memberChange.serviceTeamOnly`. */
export function checkProposing(actor: Actor, changes: readonly FieldChange[]): Violation[] {
  const as = actingAs(actor)
  if (as === null) return [{ code: 'memberChange.notYours' }]
  return changes.some(({ field }) => isForServiceTeam(field)) && as !== 'serviceTeam'
    ? [{ code: 'memberChange.serviceTeamOnly' }]
    : []
}

/**
 * Four eyes: someone else than who proposed it, whatever the role, of the own organisation or of the service
 * team; nor who would become the contact by it. After an objection only the service team, and not for the own
 * organisation. Codes: `memberChange.notYours`, `.ownProposal`, `.becomesContact`, `.blocked`,
 * `.ownOrganisation` and those of a change that is closed.
 */
export function checkConfirming(actor: Actor, proposal: Proposal): Violation[] {
  const violations = checkDeciding(actor, proposal)
  if (violations.length > 0) return violations
  const contact = proposal.changes.find(({ field }) => field === 'contactEmail')?.to
  return contact === actor.email ? [{ code: 'memberChange.becomesContact' }] : []
}

/** As confirming, but the contact to be may say no. */
export function checkRefusing(actor: Actor, proposal: Proposal): Violation[] {
  return checkDeciding(actor, proposal)
}

/** Only who proposed it takes it back, until something came of it. Code: `memberChange.notYourProposal`. */
export function checkWithdrawing(actor: Actor, { proposedBy, state }: Proposal): Violation[] {
  if (actor.personId !== proposedBy) return [{ code: 'memberChange.notYourProposal' }]
  return closed(state)
}

/** What was carried out and then contested is settled by the service team, not for the own organisation. */
export function checkSettling(actor: Actor, { state }: Proposal): Violation[] {
  if (state !== 'contested') return [{ code: 'memberChange.notContested' }]
  return byServiceTeam(actor)
}

function checkDeciding(actor: Actor, { state, proposedBy }: Proposal): Violation[] {
  if (actingAs(actor) === null) return [{ code: 'memberChange.notYours' }]
  if (!isOpen(state)) return closed(state)
  if (actor.personId === proposedBy) return [{ code: 'memberChange.ownProposal' }]
  return state === 'blocked' ? byServiceTeam(actor) : []
}

function byServiceTeam({ serviceTeam, own }: Actor): Violation[] {
  if (!serviceTeam) return [{ code: 'memberChange.blocked' }]
  return own.length > 0 ? [{ code: 'memberChange.ownOrganisation' }] : []
}

function closed(state: ChangeState): Violation[] {
  if (state === 'refused') return [{ code: 'memberChange.alreadyRefused' }]
  if (state === 'withdrawn') return [{ code: 'memberChange.alreadyWithdrawn' }]
  return isOpen(state) ? [] : [{ code: 'memberChange.alreadyCarriedOut' }]
}
