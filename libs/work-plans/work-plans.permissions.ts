import { definePermissions, freshly } from '#platform'

const writers = ['director', 'teamLead', 'serviceTeam'] as const

export const workPlansPermissions = definePermissions({
  'GET /werkplan': 'signedIn',
  'GET /werkplan/:jaar': 'signedIn',
  'GET /werkplan/:jaar/versies/:nummer/afspraak.pdf': 'signedIn',
  'GET /werkplan/:jaar/versies/:nummer': 'signedIn',
  'POST /werkplan/:jaar/versies': freshly(['director']),
  'POST /werkplan/:jaar/bevestiging': freshly(['municipality']),
  'GET /werkplan/:jaar/doelen': writers,
  'POST /werkplan/:jaar/doelen': writers,
  'GET /werkplan/:jaar/doelen/:doel': writers,
  'POST /werkplan/:jaar/doelen/:doel': writers,
  'POST /werkplan/:jaar/doelen/:doel/verwijdering': writers,
  'GET /werkplan/:jaar/doelen/:doel/oordeel': 'signedIn',
  'POST /werkplan/:jaar/doelen/:doel/oordeel': ['director', 'serviceTeam'],
  'POST /werkplan/:jaar/doelen/:doel/oordeel/:nummer/antwoord': ['municipality', 'auditCommittee'],
  'GET /werkplan/:jaar/doelen/:doel/bewijs/:bestand': 'signedIn',
  'GET /werkplan/:jaar/verdeling': 'signedIn',
  'POST /werkplan/:jaar/verdeling': ['director', 'controller', 'serviceTeam'],
  'POST /werkplan/:jaar/verdeling/instemming': ['director'],
})
