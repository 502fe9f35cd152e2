import type { Role } from '#platform'

/** The people of the demo are roles, not persons; each has the address `<key>@example.org`. */
export const demoPeople: readonly { key: string; email: string; name: string; roles: readonly Role[] }[] = [
  office('bestuurder', 'De bestuurder', 'director'),
  office('voorzitter', 'De voorzitter', 'chair'),
  office('secretaris', 'De secretaris', 'secretary'),
  office('serviceteam', 'Het serviceteam', 'serviceTeam'),
  office('controller', 'De controller', 'controller'),
  office('teamleider', 'De teamleider', 'teamLead'),
  office('kascommissie', 'De kascommissie', 'auditCommittee'),
  office('gsmo', 'De opdrachtnemer (GSMO)', 'contractor'),
  office('gemeente', 'De gemeente Utrecht', 'municipality'),
  office('penningmeester', 'De penningmeester van Oost'),
  office('coordinator', 'De coördinator van Oost'),
  office('beheer', 'De beheerder van Samen', 'admin'),
]

/** Roles without a scope stand here; the treasurer's and coordinator's come with their wijkcoöperatie. */
function office(key: string, name: string, ...roles: Role[]) {
  return { key, email: `${key}@example.org`, name, roles }
}
