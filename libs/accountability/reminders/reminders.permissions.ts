import { definePermissions } from '#platform'

const FOLLOWERS = ['teamLead', 'serviceTeam', 'director'] as const

export const remindersPermissions = definePermissions({
  'GET /verantwoording/stand': FOLLOWERS,
  'GET /verantwoording/stand/:gebied/:kwartaal': FOLLOWERS,
  'POST /verantwoording/stand/:gebied/:kwartaal/herinnering': FOLLOWERS,
})
