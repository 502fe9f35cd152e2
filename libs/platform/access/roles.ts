/** What a person may be in the cooperative; the Dutch names stand in docs/glossary.md. */
export const roles = [
  'delegate',
  'treasurer',
  'coordinator',
  'serviceTeam',
  'controller',
  'teamLead',
  'director',
  'chair',
  'secretary',
  'auditCommittee',
  'contractor',
  'municipality',
  'admin',
] as const

export type Role = (typeof roles)[number]
