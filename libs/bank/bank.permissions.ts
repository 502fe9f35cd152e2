import { definePermissions, freshly } from '#platform'
import { BANK_WORKERS } from './start-page.service.js'

const readers = [...BANK_WORKERS, 'auditCommittee'] as const

export const bankPermissions = definePermissions({
  'GET /bank': readers,
  'POST /bank/afschriften': BANK_WORKERS,
  'GET /bank/afschriften/:id': readers,
  'GET /bank/regels/nieuw': BANK_WORKERS,
  'POST /bank/regels': BANK_WORKERS,
  'GET /bank/regels/:id': readers,
  'POST /bank/regels/:id/voorstellen': BANK_WORKERS,
  'POST /bank/regels/:id/terzijde': BANK_WORKERS,
  'POST /bank/regels/:id/voorstellen/:voorstel/bevestiging': freshly(BANK_WORKERS),
  'POST /bank/regels/:id/voorstellen/:voorstel/weigering': BANK_WORKERS,
  'POST /bank/regels/:id/voorstellen/:voorstel/intrekking': BANK_WORKERS,
  'POST /bank/rekeningen': freshly(BANK_WORKERS),
  'POST /bank/rekeningen/:iban/bevestiging': freshly(BANK_WORKERS),
})
