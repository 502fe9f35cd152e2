import { callEntities } from './call-entities.js'
import { claimEntities } from './claim-entities.js'

export const guaranteeCallsEntities = [...callEntities, ...claimEntities]
