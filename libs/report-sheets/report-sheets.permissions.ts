import { definePermissions, type Role } from '#platform'

/** Within these, only treasurer and coordinator of the report's own counterparty. */
const writers: readonly Role[] = ['treasurer', 'coordinator']

export const reportSheetsPermissions = definePermissions({
  'GET /verantwoording/:gebied/:kwartaal/werkmap': writers,
  'GET /verantwoording/:gebied/:kwartaal/werkmap.csv': writers,
  'GET /verantwoording/:gebied/:kwartaal/werkmappen': writers,
  'POST /verantwoording/:gebied/:kwartaal/werkmap': writers,
  'GET /verantwoording/:gebied/:kwartaal/werkmappen/:id': writers,
  'POST /verantwoording/:gebied/:kwartaal/werkmappen/:id/overname': writers,
})
