import type { Role } from '#platform'

/** The people of the demo are roles, not persons; each has the address `<key>@example.org`. */
export const demoPeople: readonly { key: string; email: string; name: string; roles: readonly Role[] }[] = [
  office('bestuurder', 'Bestuurder', 'director'),
  office('voorzitter', 'Voorzitter', 'chair'),
  office('secretaris', 'Secretaris', 'secretary'),
  office('serviceteam', 'Serviceteam', 'serviceTeam'),
  office('controller', 'Controller', 'controller'),
  office('teamleider', 'Teamleider', 'teamLead'),
  office('kascommissie', 'Kascommissie', 'auditCommittee'),
  office('ambassadeur', 'Lid van de ambassadeursgroep', 'ambassador'),
  office('gsmo', 'Opdrachtnemer (GSMO)', 'contractor'),
  office('gsmo-financien', 'Financiën van de GSMO'),
  office('gemeente', 'Gemeente Utrecht', 'municipality'),
  office('penningmeester', 'Penningmeester Oost'),
  office('coordinator', 'Coördinator Oost'),
  office('beheer', 'Beheerder van Samen', 'admin'),
]

/** Roles without a scope stand here; the treasurer's and coordinator's come with their wijkcoöperatie. */
function office(key: string, name: string, ...roles: Role[]) {
  return { key, email: `${key}@example.org`, name, roles }
}
