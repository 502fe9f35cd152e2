import { definePermissions } from '#platform'
import { CHECKERS } from './pages/keeping-pages.js'
import { LEDGER_READERS } from './pages/project-pages.js'

/** Members read the statements of income and expenditure: those are theirs to adopt. Single entries may name people. */
const members = [...LEDGER_READERS, 'secretary', 'delegate'] as const

export const ledgerPermissions = definePermissions({
  'GET /grootboek': LEDGER_READERS,
  'GET /grootboek/saldibalans.csv': LEDGER_READERS,
  'GET /grootboek/saldibalans.xlsx': LEDGER_READERS,
  'GET /grootboek/rekeningen': LEDGER_READERS,
  'POST /grootboek/rekeningen': ['controller'],
  'GET /grootboek/rekeningen/:code': LEDGER_READERS,
  'GET /grootboek/rekeningen/:code/regels.csv': LEDGER_READERS,
  'GET /grootboek/rekeningen/:code/regels.xlsx': LEDGER_READERS,
  'GET /grootboek/boekingen': LEDGER_READERS,
  'GET /grootboek/boekingen/nieuw': ['controller'],
  'POST /grootboek/boekingen': ['controller'],
  'GET /grootboek/boekingen/:id': LEDGER_READERS,
  'POST /grootboek/boekingen/:id/tegenboeking': ['controller'],
  'GET /grootboek/projecten': members,
  'GET /grootboek/projecten/:project': members,
  'GET /grootboek/projecten/:project/staat.csv': members,
  'GET /grootboek/projecten/:project/staat.xlsx': members,
  'GET /grootboek/begrotingen': LEDGER_READERS,
  'GET /grootboek/begrotingen/sjabloon.xlsx': LEDGER_READERS,
  'POST /grootboek/begrotingen': ['controller'],
  'GET /grootboek/begrotingen/:id': LEDGER_READERS,
  'GET /grootboek/begrotingen/:id/regels.csv': LEDGER_READERS,
  'GET /grootboek/begrotingen/:id/regels.xlsx': LEDGER_READERS,
  'POST /grootboek/begrotingen/:id/vaststelling': ['controller'],
  'GET /grootboek/perioden': LEDGER_READERS,
  'POST /grootboek/perioden': ['controller'],
  'GET /grootboek/jaarafsluiting/:jaar': LEDGER_READERS,
  'POST /grootboek/jaarafsluiting/:jaar': ['controller'],
  'GET /grootboek/controle': LEDGER_READERS,
  'POST /grootboek/controle': CHECKERS,
  'GET /grootboek/:jaar/xaf': LEDGER_READERS,
})
