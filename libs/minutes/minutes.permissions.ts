import { definePermissions, freshly } from '#platform'

export const minutesPermissions = definePermissions({
  // The draft is only for chair and secretary: the library looks at how far the minutes are.
  'GET /alv/:id/notulen': 'signedIn',
  'GET /alv/:id/notulen.pdf': 'signedIn',
  'GET /alv/:id/notulen/versies/:nummer': 'signedIn',
  'POST /alv/:id/notulen': ['secretary', 'chair'],
  'GET /alv/:id/notulen/bewerken': ['secretary', 'chair'],
  'GET /alv/:id/notulen/bewerken/:deel': ['secretary', 'chair'],
  'POST /alv/:id/notulen/bewerken/:deel': ['secretary', 'chair'],
  'POST /alv/:id/notulen/verversing': ['secretary', 'chair'],
  'POST /alv/:id/notulen/aanbieden': ['secretary', 'chair'],
  'POST /alv/:id/notulen/vaststelling': ['secretary', 'chair'],
  'POST /alv/:id/notulen/ondertekening': freshly(['secretary', 'chair']),
  // Whoever was given the minutes may check them, also from outside; it shows what they are, not what they say.
  'GET /notulen/:id/controle': 'everyone',
  'POST /notulen/:id/controle': 'everyone',
})
