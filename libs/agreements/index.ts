export { AgreementsModule } from './agreements.module.js'
export { Agreements, type GoverningAgreement } from './agreements.service.js'
export {
  type Agreement,
  type AgreementVersion,
  isInForce,
  lastDayWithin,
  quartersOf,
  versionForQuarter,
  versionOn,
} from './rules/agreement.js'
export { type IndicatorKind, indicatorKinds, isIndicatorValue } from './rules/indicator-value.js'
export type { AgreedIndicator, AgreedLine, AgreementTerms } from './rules/terms.js'
export { agreementsEntities } from './store/entities.js'
export { type TermsJson, termsFromJson, termsToJson } from './store/terms-schema.js'
