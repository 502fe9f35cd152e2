import { definePermissions } from '#platform'

export const riskMarginPermissions = definePermissions({
  'GET /risicomarge': 'signedIn',
  'GET /risicomarge/:jaar': 'signedIn',
  'POST /risicomarge/:jaar/voorstellen': ['director'],
  'GET /risicomarge/:jaar/voorstellen/:id': 'signedIn',
  'GET /risicomarge/:jaar/voorstellen/:id/invoer.json': 'signedIn',
  'POST /risicomarge/:jaar/voorstellen/:id/intrekking': ['director'],
  'POST /risicomarge/:jaar/voorstellen/:id/uitbetaling': ['director'],
})
