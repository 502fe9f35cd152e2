import { definePermissions, type Role } from '#platform'

const registrars: readonly Role[] = ['serviceTeam', 'director', 'admin']

export const memberFilesPermissions = definePermissions({
  'GET /leden/import': registrars,
  'POST /leden/import': registrars,
  'GET /leden/import/:id': registrars,
  'POST /leden/import/:id/correctie': registrars,
  'POST /leden/import/:id/bevestiging': registrars,
  'POST /leden/import/:id/vastlegging': registrars,
  'POST /leden/import/:id/intrekking': registrars,
  'GET /leden/import/:id/fouten': registrars,
  'GET /leden/sjabloon.xlsx': registrars,
  'GET /leden/sjabloon.csv': registrars,
  // Everyone gets what the public list shows; those who keep the register get all columns.
  'GET /leden/export.xlsx': 'everyone',
  'GET /leden/export.csv': 'everyone',
})
