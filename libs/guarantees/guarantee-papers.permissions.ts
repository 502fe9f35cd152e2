import { definePermissions, freshly } from '#platform'
import { GUARANTEE_STAFF } from './certificates/guarantee-certificates.service.js'
import { MEANS_READERS } from './means/means-declarations.service.js'

export const guaranteePapersPermissions = definePermissions({
  // Amounts are for the member itself and those who answer for the guarantee; the page looks who it is.
  'GET /garanties/draagkracht/:jaar': 'signedIn',
  'POST /garanties/draagkracht/:jaar/opgaven': freshly(['delegate']),
  'GET /garanties/draagkracht/:jaar/tabel.csv': MEANS_READERS,
  'GET /garanties/draagkracht/:jaar/tabel.xlsx': MEANS_READERS,
  // Whose certificate or statement it is, the library looks at.
  'GET /garanties/certificaten': ['delegate', ...GUARANTEE_STAFF],
  'POST /garanties/certificaten': ['delegate', ...GUARANTEE_STAFF],
  'GET /garanties/certificaten/:id': ['delegate', ...GUARANTEE_STAFF],
  'GET /garanties/certificaten/:id/certificaat.pdf': ['delegate', ...GUARANTEE_STAFF],
  'GET /garanties/jaaroverzicht/:jaar': ['delegate', ...GUARANTEE_STAFF],
  // Whoever was given a certificate may check it, also from outside.
  'GET /garanties/certificaat': 'everyone',
})
