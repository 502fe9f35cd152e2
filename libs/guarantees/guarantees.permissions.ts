import { definePermissions } from '#platform'

export const guaranteesPermissions = definePermissions({
  'GET /garanties': 'signedIn',
  'POST /garanties/toezeggingen': ['delegate'],
  'GET /garanties/toezeggingen/:id': 'signedIn',
})
