import { LEDGER_READERS } from '#ledger'
import { definePermissions, freshly } from '#platform'

const readers = [...LEDGER_READERS, 'treasurer', 'coordinator'] as const
const bringers = ['treasurer', 'controller'] as const

export const districtAccountsPermissions = definePermissions({
  'GET /wijkadministratie': readers,
  'GET /wijkadministratie/journaal-voorbeeld.csv': readers,
  'GET /wijkadministratie/:gebied/:jaar': readers,
  'POST /wijkadministratie/:gebied/:jaar/schema': ['controller'],
  'POST /wijkadministratie/:gebied/:jaar/voorschotten/:nummer': ['controller'],
  'POST /wijkadministratie/:gebied/:jaar/afrekening': ['controller'],
  'POST /wijkadministratie/afrekeningen/:id/bevestiging': freshly(['director']),
  'GET /wijkadministratie/:gebied/:jaar/journaal': readers,
  'POST /wijkadministratie/:gebied/:jaar/journaal': bringers,
  'GET /wijkadministratie/journalen/:id': bringers,
  'POST /wijkadministratie/journalen/:id/rekeningen': bringers,
  'POST /wijkadministratie/journalen/:id/bevestiging': bringers,
  'POST /wijkadministratie/journalen/:id/verwijdering': bringers,
})
