import { enter } from './lib/entry.mjs'

enter(() => import('./lib/bench.mjs'))
