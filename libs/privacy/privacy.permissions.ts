import { definePermissions } from '#platform'

/** Who may see a member's file: its delegate and contact (each of their own member only), and who keeps the register. */
const SEES_FILES = ['delegate', 'contact', 'serviceTeam', 'director', 'admin'] as const

export const privacyPermissions = definePermissions({
  'GET /privacy': 'everyone',
  'GET /leden/:nummer/dossier': SEES_FILES,
  'GET /leden/:nummer/dossier.json': SEES_FILES,
  'GET /leden/:nummer/dossier.pdf': SEES_FILES,
  'GET /leden/:nummer/anonimiseren': ['director', 'admin'],
  'POST /leden/:nummer/anonimiseren': ['director', 'admin'],
})
