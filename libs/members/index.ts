export type { NewDetails, NewMember } from './entering.service.js'
export { groupedIban, readIban } from './iban.js'
export { MemberList } from './list.service.js'
export type { MemberOnDay } from './member-on-day.js'
export { MembersModule } from './members.module.js'
export { membersPermissions } from './members.permissions.js'
export { Members } from './members.service.js'
export {
  changedFields,
  type DetailField,
  type LegalForm,
  legalForms,
  type MemberDetails,
  type MemberParticulars,
  noParticulars,
} from './rules/details.js'
export { readChamberNumber, readPostalCode, readRsin } from './rules/identifiers.js'
export type { MemberKind, MemberStatus, MembershipEvent } from './rules/membership.js'
export { membersEntities } from './store/entities.js'
export type { StandingOnDay } from './store/on-days.store.js'
