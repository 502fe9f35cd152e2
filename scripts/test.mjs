import { enter } from './lib/entry.mjs'

enter(() => import('./lib/test-run.mjs'))
