export { RiskOverviewModule } from './risk-overview.module.js'
export { riskOverviewPermissions } from './risk-overview.permissions.js'
export { RiskOverview, type RiskOverviewOnDay } from './risk-overview.service.js'
