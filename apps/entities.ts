import { accountabilityEntities, reportRemindersEntities } from '#accountability'
import { admissionsEntities } from '#admissions'
import { agreementsEntities } from '#agreements'
import { annualAccountsEntities } from '#annual-accounts'
import { areasEntities } from '#areas'
import { assembliesEntities } from '#assemblies'
import { bankEntities } from '#bank'
import { cityReportsEntities } from '#city-reports'
import { departuresEntities } from '#departures'
import { districtAccountsEntities } from '#district-accounts'
import { filesEntities } from '#files'
import { guaranteeCallsEntities } from '#guarantee-calls'
import { guaranteePapersEntities, guaranteesEntities } from '#guarantees'
import { identityEntities } from '#identity'
import { interventionsEntities } from '#interventions'
import { ledgerEntities } from '#ledger'
import { mandatesEntities } from '#mandates'
import { memberChangesEntities } from '#member-changes'
import { memberFilesEntities } from '#member-files'
import { membersEntities } from '#members'
import { minutesEntities } from '#minutes'
import { noticesEntities } from '#notices'
import { officesEntities } from '#offices'
import { paymentsEntities } from '#payments'
import { privacyEntities } from '#privacy'
import { reportSheetsEntities } from '#report-sheets'
import { riskMarginEntities } from '#risk-margin'
import { statutesEntities } from '#statutes'
import { workPlansEntities } from '#work-plans'
import { writtenDecisionsEntities } from '#written-decisions'

/** All entities of all libraries: for the data source, and for the check against the migrations. */
export const entities = [
  ...identityEntities,
  ...statutesEntities,
  ...areasEntities,
  ...membersEntities,
  ...mandatesEntities,
  ...officesEntities,
  ...assembliesEntities,
  ...minutesEntities,
  ...writtenDecisionsEntities,
  ...annualAccountsEntities,
  ...workPlansEntities,
  ...agreementsEntities,
  ...accountabilityEntities,
  ...reportSheetsEntities,
  ...cityReportsEntities,
  ...reportRemindersEntities,
  ...interventionsEntities,
  ...guaranteesEntities,
  ...guaranteePapersEntities,
  ...departuresEntities,
  ...memberChangesEntities,
  ...filesEntities,
  ...memberFilesEntities,
  ...ledgerEntities,
  ...districtAccountsEntities,
  ...bankEntities,
  ...paymentsEntities,
  ...guaranteeCallsEntities,
  ...riskMarginEntities,
  ...admissionsEntities,
  ...noticesEntities,
  ...privacyEntities,
]
