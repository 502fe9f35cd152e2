export { type ApprovedQuarter, ApprovedResults, type AreaWithResults } from './approved-results.service.js'
export { type Form, Infographics } from './infographics.service.js'
export { PublicResultsModule } from './public-results.module.js'
export { publicResultsPermissions } from './public-results.permissions.js'
