export { AccountabilityModule } from './accountability.module.js'
export { accountabilityPermissions } from './accountability.permissions.js'
export { Accountability } from './accountability.service.js'
export { Annexes } from './annexes.service.js'
export {
  type CurrentField,
  Drafting,
  type FieldChange,
  type FieldConflict,
  type SavedFields,
} from './drafting.service.js'
export { type PastReport, type PastStep, ReportsEntering } from './entering.service.js'
export { KnownActuals } from './known-actuals.js'
export { type ClosedQuarter, QuarterClosings } from './quarter-closings.js'
export { reportRemindersEntities } from './reminders/entities.js'
export { RemindersModule } from './reminders/reminders.module.js'
export { remindersPermissions } from './reminders/reminders.permissions.js'
export { RemindersStartPage } from './reminders/reminders-start-page.service.js'
export { ReportReminders } from './reminders/report-reminders.service.js'
export {
  type Report,
  type ReportAddress,
  Reports,
  type Standings,
  type SubmittedContent,
} from './reports.service.js'
export { Reviewing, type ReviewVerdict, type SectionVerdict } from './reviewing.service.js'
export { relationTo } from './rules/access.js'
export { type Assessment, assessDraft, type DraftSetting, readFte } from './rules/assess-draft.js'
export { type Finding, isShort, type Severity } from './rules/assess-report.js'
export { composeReport } from './rules/compose-report.js'
export { openSections } from './rules/course.js'
export { type Draft, draftFields, draftOf, fieldOf, sectionOf } from './rules/draft.js'
export { readAmount } from './rules/figures.js'
export { readIndicatorValue } from './rules/indicator-value.js'
export { actualsOf, type ReportContent } from './rules/report-content.js'
export {
  type IndicatorKind,
  isDue,
  narrativeParts,
  type ReportTemplate,
  type Section,
  sections,
} from './rules/report-template.js'
export type { QuarterStanding } from './rules/standing.js'
export { draftIsOpen, type ReportStatus } from './rules/status.js'
export { type CompleteOutcome, SigningOff } from './signing-off.service.js'
export { accountabilityEntities } from './store/entities.js'
