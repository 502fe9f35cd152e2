export { AgreementsModule } from './agreements.module.js'
export { agreementsPermissions } from './agreements.permissions.js'
export { Agreements, type GoverningAgreement } from './agreements.service.js'
export { type AgreementContent, agreementContent } from './content.js'
export { Counterparties } from './counterparties.service.js'
export { AgreementsDailyWork } from './daily.service.js'
export { AgreementDrafting } from './drafting.service.js'
export { AgreementEnding } from './ending.service.js'
export { Negotiations } from './negotiations.service.js'
export { AgreementProposing } from './proposing.service.js'
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
export type { Draft } from './rules/draft.js'
export { type IndicatorKind, indicatorKinds, isIndicatorValue } from './rules/indicator-value.js'
export { modelDraft, PROJECT_ADMINISTRATION } from './rules/model-text.js'
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
export { SignedAgreements } from './signed-agreements.service.js'
export { AgreementSigning } from './signing.service.js'
export { AgreementsStartPage } from './start-page.service.js'
export { agreementsEntities } from './store/all-entities.js'
export { type TermsJson, termsFromJson, termsToJson } from './store/terms-schema.js'
