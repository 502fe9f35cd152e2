import { agreementRows } from './entities.js'
import { negotiationEntities } from './negotiation-entities.js'
import { signingEntities } from './signing-entities.js'

export const agreementsEntities = [...agreementRows, ...negotiationEntities, ...signingEntities]
