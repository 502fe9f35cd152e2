/** What a person has to do with the reports of one wijkcoöperatie. */
export type ReportRelation = 'own' | 'staff' | 'reader'

/** The roles that see every report as it stands. Everybody else who is signed in reads what was submitted. */
export const staffRoles = [
  'serviceTeam',
  'controller',
  'teamLead',
  'director',
  'chair',
  'secretary',
  'auditCommittee',
  'municipality',
  'admin',
] as const

interface Holder {
  has(...roles: (typeof staffRoles)[number][]): boolean
  hasFor(role: 'treasurer' | 'coordinator', scopeId: string): boolean
}

/** Treasurer and coordinator of the wijkcoöperatie itself; staff; or a reader, such as a member's delegate. */
export function relationTo(visitor: Holder, counterpartyId: string): ReportRelation {
  if (visitor.hasFor('treasurer', counterpartyId) || visitor.hasFor('coordinator', counterpartyId))
    return 'own'
  return visitor.has(...staffRoles) ? 'staff' : 'reader'
}
