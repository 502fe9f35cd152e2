import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Clock, type Tx, type Visitor } from '#platform'
import { actingOn } from './rules/mandate.js'
import { type Around, mayConfirm } from './rules/who-confirms.js'
import type { StoredMandate } from './store/mandate-records.js'

/** The people around a member's mandates today: who acts, and who the registered contact is. */
@Injectable()
export class AroundMandates {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Who may confirm a mandate depends on these people. @param ofMember all mandates of the same member */
  async of(tx: Tx, mandate: StoredMandate, ofMember: readonly StoredMandate[]): Promise<Around> {
    const delegate = actingOn(ofMember, 'delegate', this.clock.today())
    return {
      personId: mandate.personId,
      proposedBy: mandate.proposedBy,
      contacts: await this.contactsOf(tx, mandate.memberId),
      delegates: delegate ? [delegate.mandate.personId] : [],
    }
  }

  /** The registered contact of a member; nobody when the register names none. */
  async contactsOf(tx: Tx, memberId: string): Promise<string[]> {
    const held = await this.people.assignments('contact', [memberId], this.clock.today(), tx)
    return held.filter(({ from }) => from <= this.clock.today()).map(({ personId }) => personId)
  }
}

/** Whether this person may confirm or refuse. */
export function visitorMayConfirm(visitor: Visitor, around: Around): boolean {
  return mayConfirm(around, { personId: visitor.personId, isServiceTeam: visitor.has('serviceTeam') })
}

/** Whether this person may propose who acts for a member: its delegate or contact, or the service team. */
export function mayPropose(visitor: Visitor, memberId: string): boolean {
  return (
    visitor.hasFor('delegate', memberId) || visitor.hasFor('contact', memberId) || visitor.has('serviceTeam')
  )
}

/** Whether this person may take a proposal back: who made it, or who could have. */
export function mayWithdraw(
  visitor: Visitor,
  mandate: { memberId: string; proposedBy: string | null },
): boolean {
  return mandate.proposedBy === visitor.personId || mayPropose(visitor, mandate.memberId)
}

/** Whether this person may end a mandate: who holds it, the member's contact, or the service team. */
export function mayEnd(
  visitor: Visitor,
  { memberId, personId }: { memberId: string; personId: string },
): boolean {
  return visitor.personId === personId || visitor.hasFor('contact', memberId) || visitor.has('serviceTeam')
}

/** Whether this person may read it: those above, who had to do with it, and who keep the register. */
export function mayRead(
  visitor: Visitor,
  { memberId, personId, proposedBy, events }: StoredMandate,
): boolean {
  const concerned = [personId, proposedBy, ...events.map(({ by }) => by)]
  return mayReadOf(visitor, memberId) || concerned.includes(visitor.personId)
}

/** Whether this person may read all mandates of a member. */
export function mayReadOf(visitor: Visitor, memberId: string): boolean {
  return mayPropose(visitor, memberId) || visitor.has('secretary', 'director', 'chair', 'admin')
}
