export { AgreementsModule } from './agreements.module.js'
export { Agreements, type GoverningAgreement } from './agreements.service.js'
export {
  type Agreement,
  type AgreementKind,
  type AgreementVersion,
  type Counterparty,
  type CounterpartyKind,
  isInForce,
  lastDayWithin,
  quartersOf,
  versionForQuarter,
  versionOn,
} from './rules/agreement.js'
export { type IndicatorKind, indicatorKinds, isIndicatorValue } from './rules/indicator-value.js'
export {
  type AgreedIndicator,
  type AgreedLine,
  type AgreementTerms,
  type Clause,
  type EscalationLadder,
  type Service,
  services,
  usualTerms,
} from './rules/terms.js'
export { agreementsEntities } from './store/entities.js'
export { type TermsJson, termsFromJson, termsToJson } from './store/terms-schema.js'
