import { divisionEntities } from './division-entities.js'
import { judgementEntities } from './judgement-entities.js'
import { planEntities } from './plan-entities.js'

export const workPlansEntities = [...divisionEntities, ...planEntities, ...judgementEntities]
