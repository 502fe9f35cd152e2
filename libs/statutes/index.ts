export type {
  MajorityRule,
  QuorumRule,
  StatuteKey,
  StatuteSetting,
  StatuteValues,
} from './rules/statute-book.js'
export { StatuteBook } from './rules/statute-book.js'
export { StatutesModule } from './statutes.module.js'
export { statutesPermissions } from './statutes.permissions.js'
export { Statutes } from './statutes.service.js'
export { statutesEntities } from './store/entities.js'
