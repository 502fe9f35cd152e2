import { definePermissions } from '#platform'

export const writtenDecisionsPermissions = definePermissions({
  'GET /besluiten/zonder-vergadering': 'signedIn',
  'GET /besluiten/zonder-vergadering/nieuw': ['secretary', 'chair', 'director', 'delegate'],
  'POST /besluiten/zonder-vergadering': ['secretary', 'chair', 'director', 'delegate'],
  'GET /besluiten/zonder-vergadering/:id': 'signedIn',
  // The board's knowledge is the board's own word (BW 2:40 lid 2).
  'POST /besluiten/zonder-vergadering/:id/voorkennis': ['director'],
  'POST /besluiten/zonder-vergadering/:id/opening': ['secretary', 'chair', 'director'],
  // Who proposed it may withdraw it too: the library looks at that.
  'POST /besluiten/zonder-vergadering/:id/intrekking': ['secretary', 'chair', 'director', 'delegate'],
  'POST /besluiten/zonder-vergadering/:id/antwoord': ['delegate'],
})
