import { accountabilityPermissions } from '#accountability'
import { admissionsPermissions } from '#admissions'
import { annualAccountsPermissions } from '#annual-accounts'
import { assembliesPermissions } from '#assemblies'
import { departuresPermissions } from '#departures'
import { guaranteesPermissions } from '#guarantees'
import { identityPermissions } from '#identity'
import { mandatesPermissions } from '#mandates'
import { memberChangesPermissions } from '#member-changes'
import { memberFilesPermissions } from '#member-files'
import { membersPermissions } from '#members'
import { minutesPermissions } from '#minutes'
import { noticesPermissions } from '#notices'
import { officesPermissions } from '#offices'
import { definePermissions, joinPermissions, type Permissions } from '#platform'
import { privacyPermissions } from '#privacy'
import { riskMarginPermissions } from '#risk-margin'
import { statutesPermissions } from '#statutes'
import { writtenDecisionsPermissions } from '#written-decisions'
import { demoPermissions } from './demo/demo.permissions.js'

const webPermissions = definePermissions({
  'GET /': 'everyone',
  'GET /gezond': 'everyone',
  'GET /mijn': 'signedIn',
})

/** Every route of the application with who may use it; the demo's own routes only in the demo. */
export function allPermissions(demo: boolean): Permissions {
  return joinPermissions(
    webPermissions,
    identityPermissions,
    statutesPermissions,
    membersPermissions,
    memberFilesPermissions,
    mandatesPermissions,
    minutesPermissions,
    writtenDecisionsPermissions,
    annualAccountsPermissions,
    officesPermissions,
    assembliesPermissions,
    accountabilityPermissions,
    guaranteesPermissions,
    departuresPermissions,
    memberChangesPermissions,
    riskMarginPermissions,
    admissionsPermissions,
    noticesPermissions,
    privacyPermissions,
    ...(demo ? [demoPermissions] : []),
  )
}
