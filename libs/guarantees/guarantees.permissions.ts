import { definePermissions, freshly, type Role } from '#platform'

/** Who speaks for the cooperative with a holder; which of them about whom, the services look at. */
const COOPERATIVE = ['director', 'chair', 'controller'] as const

/** Who sees risk and cover as a whole (/garanties/overzicht): who directs, checks or advises. */
export const OVERVIEW_READERS = [
  'director',
  'controller',
  'chair',
  'auditCommittee',
  'ambassador',
  'teamLead',
] as const satisfies readonly Role[]

export const guaranteesPermissions = definePermissions({
  'GET /garanties': 'signedIn',
  'POST /garanties/toezeggingen': freshly(['delegate']),
  'GET /garanties/toezeggingen/:id': 'signedIn',
  'POST /garanties/toezeggingen/:id/aanvaarding': freshly(COOPERATIVE),
  'POST /garanties/toezeggingen/:id/weigering': [...COOPERATIVE],
  'POST /garanties/toezeggingen/:id/intrekking': ['delegate'],
  'GET /garanties/leden/:memberId': 'signedIn',
  'POST /garanties/leden/:memberId/verlagingen': freshly(['delegate']),
  'POST /garanties/leden/:memberId/stortingen': ['controller'],
  'POST /garanties/leden/:memberId/terugbetalingen': freshly(COOPERATIVE),
  'POST /garanties/leden/:memberId/ontslag': freshly(COOPERATIVE),
  'POST /garanties/leden/:memberId/ontslag/:id/handtekening': freshly(['delegate']),
  'POST /garanties/leden/:memberId/ontslag/:id/weigering': ['delegate'],
  'POST /garanties/leden/:memberId/ontslag/:id/intrekking': [...COOPERATIVE],
})
