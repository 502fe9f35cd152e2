import { definePermissions, freshly } from '#platform'

/** Who may see what is paid to whom. */
export const PAYMENT_READERS = ['controller', 'director', 'chair', 'auditCommittee'] as const
const approvers = ['controller', 'director', 'chair'] as const

export const paymentsPermissions = definePermissions({
  'GET /betalingen': PAYMENT_READERS,
  'POST /betalingen': ['controller'],
  'GET /betalingen/mijn': 'signedIn',
  // Whose payable it is, or who may see all of them; the page looks.
  'GET /betalingen/posten/:id/specificatie.pdf': 'signedIn',
  'GET /betalingen/rekeningen': PAYMENT_READERS,
  'POST /betalingen/rekeningen': ['controller'],
  'POST /betalingen/rekeningen/:id/antwoord': freshly(approvers),
  'GET /betalingen/:naam': PAYMENT_READERS,
  // The second approval asks for a fresh sign-in; which one it is, is known only when it is given.
  'POST /betalingen/:naam/goedkeuring': approvers,
  'POST /betalingen/:naam/intrekking': approvers,
  'GET /betalingen/:naam/betaalbestand.xml': approvers,
  'POST /betalingen/:naam/weigering': freshly(['controller']),
})
