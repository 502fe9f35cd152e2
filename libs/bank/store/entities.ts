import { proposalEntities } from './proposal-entities.js'
import { statementEntities } from './statement-entities.js'

export const bankEntities = [...statementEntities, ...proposalEntities]
