import { definePermissions } from '#platform'

export const mandatesPermissions = definePermissions({
  'GET /leden/:nummer/mandaten': [
    ...(['delegate', 'contact', 'serviceTeam', 'secretary', 'director', 'chair', 'admin'] as const),
  ],
  'POST /leden/:nummer/mandaten': ['delegate', 'contact', 'serviceTeam'],
  // Whom a mandate concerns may hold no role yet, or no longer: the library looks at the person.
  'GET /mandaten/:id': 'signedIn',
  'POST /mandaten/:id/bevestiging': 'signedIn',
  'POST /mandaten/:id/weigering': 'signedIn',
  'POST /mandaten/:id/intrekking': 'signedIn',
  'POST /mandaten/:id/einde': 'signedIn',
})
