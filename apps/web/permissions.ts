import { accountabilityPermissions, remindersPermissions } from '#accountability'
import { admissionsPermissions } from '#admissions'
import { agreementsPermissions } from '#agreements'
import { annualAccountsPermissions } from '#annual-accounts'
import { assembliesPermissions } from '#assemblies'
import { bankPermissions } from '#bank'
import { cityReportsPermissions } from '#city-reports'
import { departuresPermissions } from '#departures'
import { districtAccountsPermissions } from '#district-accounts'
import { guaranteeCallsPermissions } from '#guarantee-calls'
import { guaranteePapersPermissions, guaranteesPermissions } from '#guarantees'
import { identityPermissions } from '#identity'
import { interventionsPermissions } from '#interventions'
import { ledgerPermissions } from '#ledger'
import { mandatesPermissions } from '#mandates'
import { memberChangesPermissions } from '#member-changes'
import { memberFilesPermissions } from '#member-files'
import { membersPermissions } from '#members'
import { minutesPermissions } from '#minutes'
import { noticesPermissions } from '#notices'
import { officesPermissions } from '#offices'
import { paymentsPermissions } from '#payments'
import { definePermissions, joinPermissions, type Permissions } from '#platform'
import { privacyPermissions } from '#privacy'
import { publicResultsPermissions } from '#public-results'
import { reportSheetsPermissions } from '#report-sheets'
import { riskMarginPermissions } from '#risk-margin'
import { riskOverviewPermissions } from '#risk-overview'
import { statutesPermissions } from '#statutes'
import { workPlansPermissions } from '#work-plans'
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
    workPlansPermissions,
    accountabilityPermissions,
    reportSheetsPermissions,
    cityReportsPermissions,
    agreementsPermissions,
    remindersPermissions,
    interventionsPermissions,
    guaranteesPermissions,
    guaranteePapersPermissions,
    ledgerPermissions,
    districtAccountsPermissions,
    bankPermissions,
    departuresPermissions,
    memberChangesPermissions,
    publicResultsPermissions,
    paymentsPermissions,
    guaranteeCallsPermissions,
    riskMarginPermissions,
    riskOverviewPermissions,
    admissionsPermissions,
    noticesPermissions,
    privacyPermissions,
    ...(demo ? [demoPermissions] : []),
  )
}
