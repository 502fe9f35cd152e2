import { definePermissions } from '#platform'

export const identityPermissions = definePermissions({
  'GET /inloggen': 'everyone',
  'POST /inloggen': 'everyone',
  'GET /inloggen/opnieuw': 'signedIn',
  'POST /inloggen/opnieuw': 'signedIn',
  'GET /inloggen/code': 'everyone',
  'POST /inloggen/code': 'everyone',
  'GET /inloggen/link/:request/:key': 'everyone',
  'POST /inloggen/link/:request/:key': 'everyone',
  'POST /uitloggen': 'everyone',
})
