import { definePermissions } from '#platform'

export const demoPermissions = definePermissions({
  'GET /demo': 'everyone',
  'POST /demo/klok': 'everyone',
  'GET /demo/mensen': 'everyone',
  'POST /demo/inloggen': 'everyone',
  'GET /demo/postvak': 'everyone',
  'GET /demo/postvak/:id': 'everyone',
  'GET /demo/postvak/:id/bijlagen/:nummer/bestand': 'everyone',
})
