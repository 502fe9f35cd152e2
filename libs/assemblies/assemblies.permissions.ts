import { definePermissions } from '#platform'

export const assembliesPermissions = definePermissions({
  'GET /alv': 'signedIn',
  'GET /alv/:id': 'signedIn',
  'POST /alv/:id/aanwezigheid': ['delegate'],
  'POST /alv/:id/stemmingen': ['chair'],
  'POST /alv/:id/sluiting': ['chair'],
  'GET /stemmingen/:id': 'signedIn',
  'POST /stemmingen/:id/stem': ['delegate'],
  'GET /stemmingen/:id/bevestiging': ['delegate'],
  'POST /stemmingen/:id/sluiting': ['chair'],
  'POST /stemmingen/:id/uitslag': ['chair'],
  'GET /stemmingen/:id/wie-stemde-wat': 'signedIn',
  'GET /besluiten': 'signedIn',
  'GET /besluiten/:nummer': 'signedIn',
  'GET /besluiten/:nummer/bewijs.zip': 'signedIn',
})
