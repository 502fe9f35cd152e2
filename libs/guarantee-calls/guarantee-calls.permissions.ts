import { definePermissions, freshly } from '#platform'
import { CALL_WORKERS } from './start-page.service.js'

export const guaranteeCallsPermissions = definePermissions({
  'GET /garanties/aanspraken': 'signedIn',
  'GET /garanties/aanspraken/nieuw': ['director'],
  'POST /garanties/aanspraken': ['director'],
  'GET /garanties/aanspraken/:id': 'signedIn',
  'GET /garanties/aanspraken/:id/verdeling.csv': 'signedIn',
  'GET /garanties/aanspraken/:id/invoer.json': 'signedIn',
  'POST /garanties/aanspraken/:id/intrekking': ['director'],
  'POST /garanties/aanspraken/:id/uitgifte': freshly(['director']),
  'POST /garanties/aanspraken/:id/annulering': freshly(['director']),
  // Whose part it is, the page looks at.
  'GET /garanties/aanspraken/:id/leden/:lid': ['delegate', ...CALL_WORKERS, 'auditCommittee'],
  'GET /garanties/aanspraken/:id/leden/:lid/brief.pdf': ['delegate', ...CALL_WORKERS, 'auditCommittee'],
  'POST /garanties/aanspraken/:id/leden/:lid/wanbetaling': CALL_WORKERS,
  'POST /garanties/aanspraken/:id/wanbetaling/:voorstel/bevestiging': freshly(CALL_WORKERS),
  'POST /garanties/aanspraken/:id/wanbetaling/:voorstel/weigering': CALL_WORKERS,
  'POST /garanties/aanspraken/:id/wanbetaling/:voorstel/intrekking': CALL_WORKERS,
})
