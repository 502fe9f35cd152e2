export { CertificatePaper } from './certificates/certificate-paper.js'
export { type Certificate, GuaranteeCertificates } from './certificates/guarantee-certificates.service.js'
export { GuaranteePapersStartPage } from './certificates/papers-start-page.service.js'
export { YearStatements } from './certificates/year-statements.service.js'
export { CooperativeSide } from './cooperative-side.service.js'
export { Decreases } from './decreases.service.js'
export { Deposits, refundable } from './deposits.service.js'
export { GuaranteePapersModule } from './guarantee-papers.module.js'
export { guaranteePapersPermissions } from './guarantee-papers.permissions.js'
export { GuaranteeRecords, type NewMovement } from './guarantee-records.service.js'
export { GuaranteesModule } from './guarantees.module.js'
export { guaranteesPermissions, OVERVIEW_READERS } from './guarantees.permissions.js'
export { Guarantees, type GuaranteesOnDay, type Holder } from './guarantees.service.js'
export { MeansDeclarations } from './means/means-declarations.service.js'
export { MeansReminders } from './means/means-reminders.service.js'
export { ShareProposals } from './means/share-proposals.service.js'
export { OfferAnswers } from './offer-answers.service.js'
export { type Offer, type OfferRequest, Offers } from './offers.service.js'
export { RefundsToPay, type RefundToPay } from './refunds-to-pay.js'
export { Releases } from './releases.service.js'
export { type CallablePledge, divideCall } from './rules/call.js'
export {
  fold,
  type GuaranteeChange,
  type HolderPosition,
  type Movement,
  type MovementType,
  movementTypes,
  openCallOf,
  pledgeChangesOf,
  positionOf,
  positionsOf,
  roomOf,
} from './rules/movements.js'
export { rateText, shortAmount } from './rules/plain-amounts.js'
export { type GuaranteeSnapshot, GuaranteeSnapshots } from './snapshots.service.js'
export { GuaranteesStartPage } from './start-page.service.js'
export { guaranteePapersEntities } from './store/certificate-entities.js'
export { guaranteesEntities } from './store/entities.js'
export type { CapRole, GuaranteeMovement, SubsidyYear } from './store/guarantee-register.store.js'
export { GuaranteeTransfers, type Transfer } from './transfers.service.js'
