import type { MemberOnDay } from '#members'
import type { Visitor } from '#platform'
import { type Actor, ownRoles } from './rules/who-may.js'

/** The visitor as this member knows them. */
export function actorFor(visitor: Visitor, member: Pick<MemberOnDay, 'id' | 'status'>): Actor {
  const held = {
    delegate: visitor.hasFor('delegate', member.id),
    contact: visitor.hasFor('contact', member.id),
  }
  return {
    personId: visitor.personId,
    email: visitor.email,
    own: ownRoles(held, member.status === 'former'),
    serviceTeam: visitor.has('serviceTeam'),
  }
}

/** Whether the visitor may read a member's page and its changes: its own people, and who keeps the register. */
export function mayRead(visitor: Visitor, memberId: string): boolean {
  return (
    visitor.has('serviceTeam', 'director', 'admin') ||
    visitor.hasFor('delegate', memberId) ||
    visitor.hasFor('contact', memberId)
  )
}

/** The whole account number is for the organisation itself and for who checks it. */
export function seesIban(visitor: Visitor, memberId: string): boolean {
  return (
    visitor.has('serviceTeam') || visitor.hasFor('delegate', memberId) || visitor.hasFor('contact', memberId)
  )
}
