import { definePermissions, freshly } from '#platform'

/** Whoever is signed in reads what was submitted and what is final; drafts are of teamleider and bestuurder. */
export const cityReportsPermissions = definePermissions({
  'GET /verantwoording/stad': 'signedIn',
  'GET /verantwoording/stad/:kwartaal': 'signedIn',
  'GET /verantwoording/effecten': 'signedIn',
  'POST /verantwoording/effecten': ['teamLead', 'director'],
  'GET /verantwoording/stad/:periode/rapport': 'signedIn',
  'GET /verantwoording/stad/:periode/rapport/bewerken': ['teamLead', 'director'],
  'POST /verantwoording/stad/:periode/rapport/concept': ['teamLead', 'director'],
  'POST /verantwoording/stad/:periode/rapport/versies': freshly(['teamLead', 'director']),
  'GET /verantwoording/stad/:periode/rapport/versies/:nummer': 'signedIn',
  'GET /verantwoording/stad/:periode/rapport/versies/:nummer/verslag.pdf': 'signedIn',
  'GET /verantwoording/stad/:periode/rapport/versies/:nummer/bestand': 'signedIn',
  'POST /verantwoording/stad/:periode/rapport/versies/:nummer/agenda': [
    'teamLead',
    'director',
    'chair',
    'secretary',
  ],
  'GET /jaardocument': 'signedIn',
  'GET /jaardocument/:periode': 'signedIn',
  'GET /jaardocument/:periode/bewerken': ['teamLead', 'director'],
  'POST /jaardocument/:periode/concept': ['teamLead', 'director'],
  'POST /jaardocument/:periode/versies': freshly(['teamLead', 'director']),
  'GET /jaardocument/:periode/versies/:nummer': 'signedIn',
  'GET /jaardocument/:periode/versies/:nummer/verslag.pdf': 'signedIn',
  'GET /jaardocument/:periode/versies/:nummer/bestand': 'signedIn',
  'POST /jaardocument/:periode/versies/:nummer/agenda': ['teamLead', 'director', 'chair', 'secretary'],
})
