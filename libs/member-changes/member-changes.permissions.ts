import { definePermissions } from '#platform'

export const memberChangesPermissions = definePermissions({
  'GET /organisatie': 'signedIn',
  'GET /organisatie/:nummer': ['delegate', 'contact', 'serviceTeam', 'director', 'admin'],
  'GET /organisatie/:nummer/wijziging': ['delegate', 'contact', 'serviceTeam'],
  // Shows what the form would do; records nothing.
  'POST /organisatie/:nummer/wijziging': ['delegate', 'contact', 'serviceTeam'],
  'POST /organisatie/:nummer/wijzigingen': ['delegate', 'contact', 'serviceTeam'],
  'GET /wijzigingen': ['serviceTeam', 'director', 'admin'],
  'GET /wijzigingen/:id': ['delegate', 'contact', 'serviceTeam', 'director', 'admin'],
  'POST /wijzigingen/:id/bevestiging': ['delegate', 'contact', 'serviceTeam'],
  'POST /wijzigingen/:id/weigering': ['delegate', 'contact', 'serviceTeam'],
  'POST /wijzigingen/:id/intrekking': ['delegate', 'contact', 'serviceTeam'],
  'POST /wijzigingen/:id/afhandeling': ['serviceTeam'],
  // With the key of a notice: who can no longer sign in must be able to stop a change.
  'GET /bezwaar/:sleutel': 'everyone',
  'POST /bezwaar/:sleutel': 'everyone',
})
