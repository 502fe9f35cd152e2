/** What a person may be in the cooperative; the Dutch names stand in docs/glossary.md. */
export const roles = [
  'delegate',
  'contact',
  'treasurer',
  'coordinator',
  'serviceTeam',
  'controller',
  'teamLead',
  'director',
  'chair',
  'secretary',
  'auditCommittee',
  'ambassador',
  'contractor',
  'municipality',
  'admin',
] as const

export type Role = (typeof roles)[number]
