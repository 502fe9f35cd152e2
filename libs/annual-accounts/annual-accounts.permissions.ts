import { definePermissions } from '#platform'

export const annualAccountsPermissions = definePermissions({
  'GET /jaarrekening': 'signedIn',
  'GET /jaarrekening/:jaar': 'signedIn',
  // Before the convocation only for who works on them: the library looks at how far they are.
  'GET /jaarrekening/:jaar/jaarrekening.pdf': 'signedIn',
  'GET /jaarrekening/:jaar/controle.pdf': 'signedIn',
  'POST /jaarrekening/:jaar/versies': ['director', 'controller'],
  'POST /jaarrekening/:jaar/ondertekening': ['director'],
  'POST /jaarrekening/:jaar/controle': ['auditCommittee', 'secretary'],
  'POST /jaarrekening/:jaar/controle/ondertekening': ['auditCommittee'],
  'POST /jaarrekening/:jaar/aanbieden': ['secretary', 'director'],
  'POST /jaarrekening/:jaar/decharge': ['secretary', 'director'],
  'POST /jaarrekening/:jaar/terugname': ['secretary', 'director'],
  'POST /jaarrekening/:jaar/uitstel': ['secretary', 'director'],
})
