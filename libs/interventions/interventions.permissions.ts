import { definePermissions, freshly } from '#platform'

/** Who reads which case, and who does what in it, follows from the case: the library looks at that. */
export const interventionsPermissions = definePermissions({
  'GET /ingrepen': 'signedIn',
  'GET /afspraken/:gebied/ingrepen': 'signedIn',
  'GET /afspraken/:gebied/ingrepen/nieuw': ['serviceTeam', 'teamLead', 'treasurer', 'coordinator'],
  'POST /afspraken/:gebied/ingrepen': ['serviceTeam', 'teamLead', 'treasurer', 'coordinator'],
  'GET /ingrepen/:id': 'signedIn',
  'GET /ingrepen/:id/bijlagen/:bestand': 'signedIn',
  'GET /ingrepen/:id/stap/:stap': [
    ...(['serviceTeam', 'teamLead', 'director', 'chair', 'treasurer', 'coordinator'] as const),
  ],
  'POST /ingrepen/:id/stap/overname': freshly(['director']),
  'POST /ingrepen/:id/stap/:stap': [
    ...(['serviceTeam', 'teamLead', 'director', 'chair', 'treasurer', 'coordinator'] as const),
  ],
})
