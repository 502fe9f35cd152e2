import { definePermissions, freshly } from '#platform'

/**
 * Who may read sees what was submitted: the ALV receives every report. Within a route the relation to the
 * wijkcoöperatie decides further: only its own treasurer and coordinator see and write its draft, and nobody reviews
 * an own report.
 */
export const accountabilityPermissions = definePermissions({
  'GET /verantwoording': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/invullen': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/velden': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/concept': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/gereedmelding': ['treasurer', 'coordinator'],
  'GET /verantwoording/:gebied/:kwartaal/bijlagen': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/bijlagen': ['treasurer', 'coordinator'],
  'POST /verantwoording/:gebied/:kwartaal/bijlagen/verwijdering': ['treasurer', 'coordinator'],
  'GET /verantwoording/:gebied/:kwartaal/bijlagen/:bestand': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/ondertekenen': ['treasurer'],
  'POST /verantwoording/:gebied/:kwartaal/versies': freshly(['treasurer']),
  'POST /verantwoording/:gebied/:kwartaal/versies/:nummer/intrekking': ['treasurer'],
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer/bestand': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer/pdf': 'signedIn',
  'GET /verantwoording/:gebied/:kwartaal/versies/:nummer/verschil': 'signedIn',
  'POST /verantwoording/:gebied/:kwartaal/versies/:nummer/beoordeling': ['serviceTeam', 'controller'],
  'POST /verantwoording/:gebied/:kwartaal/heropening': ['teamLead', 'director'],
})
