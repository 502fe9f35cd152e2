import { definePermissions } from '#platform'

/** Everybody may read what was approved: the buurt is who the account is given to. */
export const publicResultsPermissions = definePermissions({
  'GET /wijken': 'everyone',
  'GET /wijken/:gebied': 'everyone',
  'GET /wijken/:gebied/:kwartaal': 'everyone',
  'GET /wijken/:gebied/:kwartaal/infographic': 'everyone',
  'GET /wijken/:gebied/:kwartaal/infographic.svg': 'everyone',
  'GET /wijken/:gebied/:kwartaal/infographic.png': 'everyone',
  'GET /wijken/:gebied/:kwartaal/infographic.pdf': 'everyone',
})
