import { OVERVIEW_READERS } from '#guarantees'
import { definePermissions } from '#platform'

export const riskOverviewPermissions = definePermissions({
  'GET /garanties/overzicht': OVERVIEW_READERS,
  'GET /garanties/overzicht.csv': OVERVIEW_READERS,
  'GET /garanties/overzicht.xlsx': OVERVIEW_READERS,
  'GET /garanties/overzicht.pdf': OVERVIEW_READERS,
})
