import { definePermissions, freshly } from '#platform'

export const riskMarginPermissions = definePermissions({
  'GET /risicomarge': 'signedIn',
  'GET /risicomarge/:jaar': 'signedIn',
  'POST /risicomarge/:jaar/reserve': ['director', 'controller'],
  'POST /risicomarge/:jaar/gebruik': freshly(['director']),
  'POST /risicomarge/:jaar/gebruik/:id/terugdraaiing': freshly(['director', 'controller']),
  'GET /risicomarge/:jaar/jaarafsluiting': 'signedIn',
  'POST /risicomarge/:jaar/jaarafsluiting/bevestiging': freshly([
    ...(['auditCommittee', 'municipality', 'chair', 'controller', 'ambassador'] as const),
  ]),
  'POST /risicomarge/:jaar/jaarafsluiting/ontheffingen': ['director', 'chair'],
  'POST /risicomarge/:jaar/voorstellen': ['director'],
  'GET /risicomarge/:jaar/voorstellen/:id': 'signedIn',
  'GET /risicomarge/:jaar/voorstellen/:id/invoer.json': 'signedIn',
  'GET /risicomarge/:jaar/voorstellen/:id/bewijs.zip': 'signedIn',
  'POST /risicomarge/:jaar/voorstellen/:id/bezwaren': ['delegate'],
  'POST /risicomarge/:jaar/voorstellen/:id/intrekking': ['director'],
  'POST /risicomarge/:jaar/voorstellen/:id/uitbetaling': ['director'],
  'GET /voorinvesteringen': 'signedIn',
  'POST /voorinvesteringen': ['controller'],
  'POST /voorinvesteringen/besluiten': ['director', 'chair'],
  'POST /voorinvesteringen/:id/antwoord': freshly(['auditCommittee']),
})
