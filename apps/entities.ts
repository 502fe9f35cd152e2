import { accountabilityEntities } from '#accountability'
import { admissionsEntities } from '#admissions'
import { agreementsEntities } from '#agreements'
import { areasEntities } from '#areas'
import { assembliesEntities } from '#assemblies'
import { departuresEntities } from '#departures'
import { guaranteesEntities } from '#guarantees'
import { identityEntities } from '#identity'
import { ledgerEntities } from '#ledger'
import { membersEntities } from '#members'
import { noticesEntities } from '#notices'
import { riskMarginEntities } from '#risk-margin'
import { statutesEntities } from '#statutes'

/** All entities of all libraries: for the data source, and for the check against the migrations. */
export const entities = [
  ...identityEntities,
  ...statutesEntities,
  ...areasEntities,
  ...membersEntities,
  ...assembliesEntities,
  ...agreementsEntities,
  ...accountabilityEntities,
  ...guaranteesEntities,
  ...departuresEntities,
  ...ledgerEntities,
  ...riskMarginEntities,
  ...admissionsEntities,
  ...noticesEntities,
]
