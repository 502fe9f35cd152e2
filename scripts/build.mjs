import { enter } from './lib/entry.mjs'

enter(() => import('./lib/build.mjs').then(({ build }) => ({ main: () => build().then(() => 0) })))
