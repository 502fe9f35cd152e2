import { definePermissions } from '#platform'

export const noticesPermissions = definePermissions({
  'GET /berichten': ['secretary', 'serviceTeam', 'teamLead', 'director', 'admin'],
})
