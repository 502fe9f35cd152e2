import { definePermissions } from '#platform'

export const membersPermissions = definePermissions({
  'GET /leden': 'everyone',
  // What was recorded, and by whom, only for the member's delegate and those who keep the register.
  'GET /leden/:nummer': 'everyone',
})
