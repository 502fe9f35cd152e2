import { definePermissions, freshly, type Role } from '#platform'

/** Who writes for a party, and who may sign for one. The library looks for which party, and at no other's drafts. */
const parties: Role[] = [
  'treasurer',
  'coordinator',
  'delegate',
  'serviceTeam',
  'teamLead',
  'director',
  'chair',
]
const beginners: Role[] = ['treasurer', 'coordinator', 'serviceTeam', 'teamLead', 'director']
const signers: Role[] = ['treasurer', 'delegate', 'director', 'chair']

export const agreementsPermissions = definePermissions({
  'GET /afspraken': 'signedIn',
  'GET /afspraken/nieuw': beginners,
  'POST /afspraken/concepten': beginners,
  'GET /afspraken/concepten/:id': parties,
  'POST /afspraken/concepten/:id/concept': parties,
  'GET /afspraken/concepten/:id/tekst/:deel': parties,
  'POST /afspraken/concepten/:id/tekst/:deel': parties,
  'POST /afspraken/concepten/:id/voorstellen': parties,
  'GET /afspraken/concepten/:id/voorstellen/:nummer': parties,
  'GET /afspraken/concepten/:id/verschil': parties,
  'POST /afspraken/concepten/:id/opmerkingen': parties,
  'POST /afspraken/concepten/:id/opmerkingen/:opmerking/afhandeling': parties,
  'POST /afspraken/concepten/:id/aanbieding': parties,
  'POST /afspraken/concepten/:id/aanbieding/intrekking': parties,
  'POST /afspraken/concepten/:id/handtekeningen': freshly(signers),
  'POST /afspraken/concepten/:id/beeindiging': parties,
  // Whoever was given a signed text may check it; it shows what it is, not what it says.
  'GET /afspraken/controle/:code': 'everyone',
  'POST /afspraken/controle/:code': 'everyone',
  'GET /afspraken/:gebied': 'signedIn',
  'GET /afspraken/:gebied/versies/:nummer': 'signedIn',
  'GET /afspraken/:gebied/versies/:nummer/afspraak.pdf': 'signedIn',
  'POST /afspraken/:gebied/wijzigingen': parties,
  'POST /afspraken/:gebied/opzegging': freshly(signers),
})
