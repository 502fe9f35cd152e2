import { definePermissions, type Role } from '#platform'

/** Who reads applications. */
export const READERS: Role[] = ['serviceTeam', 'director', 'secretary', 'teamLead', 'chair']
const DECIDERS: Role[] = ['director', 'secretary', 'chair']

export const admissionsPermissions = definePermissions({
  'GET /aanmelden': 'everyone',
  'POST /aanmelden': 'everyone',
  'GET /aanmelden/:sleutel': 'everyone',
  'GET /aanmelden/:sleutel/:stap': 'everyone',
  'GET /aanmelden/:sleutel/bewijs/:bestand': 'everyone',
  'POST /aanmelden/:sleutel/:stap': 'everyone',
  'POST /aanmelden/:sleutel/criteria': 'everyone',
  'POST /aanmelden/:sleutel/versies': 'everyone',
  'POST /aanmelden/:sleutel/intrekking': 'everyone',
  'GET /aanmeldingen': READERS,
  'GET /aanmeldingen/criteria': READERS,
  'POST /aanmeldingen/criteria': ['secretary', 'director'],
  'GET /aanmeldingen/:id': READERS,
  'GET /aanmeldingen/:id/bewijs/:bestand': READERS,
  'POST /aanmeldingen/:id/beoordeling': ['serviceTeam'],
  'POST /aanmeldingen/:id/besluit': DECIDERS,
  'POST /aanmeldingen/:id/voorstel': DECIDERS,
})
