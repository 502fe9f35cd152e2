import { definePermissions } from '#platform'

export const departuresPermissions = definePermissions({
  'GET /lidmaatschap': 'signedIn',
  'GET /lidmaatschap/opzeggen': ['delegate'],
  'POST /lidmaatschap/opzeggingen': ['delegate'],
  'GET /lidmaatschap/soort': ['delegate'],
  'POST /lidmaatschap/soortwijzigingen': ['delegate'],
  'GET /lidmaatschap/zaken/:id': 'signedIn',
  'POST /lidmaatschap/zaken/:id/intrekking': ['delegate'],
  'POST /lidmaatschap/zaken/:id/beroep': ['delegate'],
  'POST /lidmaatschap/zaken/:id/uitkomst': ['director'],
  'GET /lidmaatschappen': ['director', 'secretary', 'chair'],
  'GET /lidmaatschappen/:nummer': ['director', 'secretary', 'chair'],
  'GET /lidmaatschappen/:nummer/:handeling': ['director'],
  'POST /lidmaatschappen/:nummer/:handeling': ['director'],
})
