import { definePermissions } from '#platform'

export const statutesPermissions = definePermissions({
  'GET /statuten': 'everyone',
})
