import { configureGlobal } from 'fast-check'
import { repetitions } from './repetitions.js'

// Properties are tried on a hundred cases, and on five thousand in `npm run test:deep`.
configureGlobal({ numRuns: repetitions(100, 5000) })
