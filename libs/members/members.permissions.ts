import { definePermissions } from '#platform'

export const membersPermissions = definePermissions({
  'GET /leden': 'everyone',
})
