import { definePermissions } from '#platform'

export const officesPermissions = definePermissions({
  // The offices and their terms; the names only for who signed in.
  'GET /functies': 'everyone',
  'GET /functies/:functie': 'everyone',
  'GET /functies/:functie/benoeming': ['secretary', 'admin'],
  'POST /functies/:functie/termijnen': ['secretary', 'admin'],
  'GET /functies/termijnen/:id': 'signedIn',
  'POST /functies/termijnen/:id/einde': ['secretary', 'admin'],
})
