import { advanceEntities } from './advance-entities.js'
import { bookingEntities } from './booking-entities.js'
import { journalEntities } from './journal-entities.js'

export const districtAccountsEntities = [...bookingEntities, ...advanceEntities, ...journalEntities]
