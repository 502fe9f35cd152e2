export { type LocalRoleSource, LocalRoles } from './access/local-roles.js'
export type { Access, FreshAccess, Permissions, PermissionTable } from './access/permissions.js'
export { admit, definePermissions, joinPermissions, PERMISSIONS } from './access/permissions.js'
export {
  type DossierSection,
  type DossierSource,
  type DossierSubject,
  type DossierValue,
  type Erasure,
  PersonalData,
} from './access/personal-data.js'
export { type Role, roles } from './access/roles.js'
export {
  asksFreshSignIn,
  FRESH_MINUTES,
  freshly,
  isSignedInFreshly,
  markSignedIn,
  SignedInFreshly,
  SignInAgain,
} from './access/step-up.js'
export type { Happening, Task } from './access/tasks.js'
export { CurrentVisitor, type HeldRole, Visitor, visitorOf } from './access/visitor.js'
export { Audit, type AuditEntry } from './audit.js'
export { Clock } from './clock.js'
export { CONFIG, type Config, loadConfig, settingNames, WrongSetting } from './config/config.js'
export { DailyWork, DailyWorkModule } from './daily-work.js'
export { bigintColumn } from './database/columns.js'
export { APPLICATION_ROLE, createDataSource } from './database/data-source.js'
export { Database, sqlState, type Tx, violatedConstraint } from './database/database.js'
export { migrate, RoleMissing } from './database/migrate.js'
export { amendable, appendOnly, mutable } from './database/schema.js'
export { Ids, isId, newSecret, sha256Bytes, sha256Hex } from './ids.js'
export { type Limit, Limiter } from './limiter.js'
export { EventStreams, type StreamSource } from './live/event-streams.js'
export { FreshReads } from './live/fresh-reads.js'
export { Live } from './live/live.js'
export { type Mail, type MailAttachment, MailRefused, MailTransport } from './mail/mail-transport.js'
export { NOTICES_QUEUE, Outbox, type OutboxMessage } from './outbox/outbox.js'
export { prepareQueueTables } from './outbox/queue-connection.js'
export { OutboxRelay } from './outbox/relay.js'
export { PlatformModule } from './platform.module.js'
export { Secrets } from './secrets.js'
export {
  clockTime,
  dayInDigits,
  fullDay,
  longDay,
  moment,
  shortDay,
  timeOfDay,
} from './text/dates.js'
export { type Language, languages, Messages, type Text } from './text/messages.js'
export { projectRoot } from './text/project-root.js'
export { richHtml, richPlain } from './text/rich-text.js'
export { Templates } from './text/templates.js'
export { answerForm, filesTo, type RefusedForm, thenTo } from './web/answer-form.js'
export {
  type FieldError,
  formErrors,
  type ParsedForm,
  parseForm,
  requiredText,
  type ShownError,
  typedFields,
} from './web/forms.js'
export { LANGUAGE_COOKIE, Lang, languageOf } from './web/language.js'
export { Download, isOwnPath, Page, page, SESSION_COOKIE, SeeOther, seeOther } from './web/page.js'
export { cleanFileName, type FileLimits, fileLimitsOf, TakesFiles, Upload, uploadsOf } from './web/uploads.js'
export { CurrentVisit, type Visit } from './web/visit.js'
