import { definePermissions } from '#platform'

/**
 * Who may read sees what was submitted: the ALV receives every report. Within a route the relation to the
 * wijkcoöperatie decides further: only its own treasurer and coordinator see and write its draft.
 */
export const accountabilityPermissions = definePermissions({
  'GET /verantwoording': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/invullen': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/concept': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/versies': ['treasurer', 'coordinator'],
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer/bestand': 'signedIn',
  'POST /verantwoording/:gebied/:kwartaal/versies/:nummer/beoordeling': ['serviceTeam'],
})
