// Adds to package-lock.json the optional packages for other platforms that the registry in use does not offer.
// npm leaves those out, and then `npm ci` refuses the lock file everywhere. Run it after adding a dependency.
import { readFileSync, writeFileSync } from 'node:fs'
import { missingFromLock } from './lib/lock-file.mjs'
import { inProject } from './lib/project.mjs'

const path = inProject('package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const missing = missingFromLock(lock)
const entries = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
console.log(`package-lock.json: ${Object.keys(missing).length} onderdelen aangevuld.`)
