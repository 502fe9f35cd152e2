import { existsSync, readFileSync } from 'node:fs'
import { lineWithRegistry, missingFromLock } from './lock-file.mjs'
import { inProject } from './project.mjs'
import { Refusal } from './refusal.mjs'
import { stage, stageAside } from './stages.mjs'

const bin = (path, ...args) => [inProject('node_modules', path), ...args]
const FOLDERS = ['apps', 'libs', 'migrations', 'test'].filter((folder) => existsSync(inProject(folder)))

const CHECKS = [
  ['opmaak en stijl', bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings')],
  ['typen', bin('typescript-native/bin/tsc', '--noEmit')],
  ['typen van de browser', bin('typescript-native/bin/tsc', '--noEmit', '-p', 'apps/web/browser')],
  [
    'afhankelijkheden',
    bin('dependency-cruiser/bin/dependency-cruise.mjs', ...FOLDERS, '--output-type', 'err'),
  ],
  ['ongebruikte code', bin('knip/bin/knip.js', '--no-progress')],
]

/** `npm run check`: format, lint, types, dependency rules, unused code and the lock file, all of them each time. */
export async function main() {
  const failed = []
  const waiting = [...CHECKS]
  // Two lanes: each check is one thread's work, and the smallest machine has two cores.
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await stageAside(...next).catch(() => failed.push(next[0]))
  }
  await Promise.all([lane(), lane()])
  await stage('slotbestand', checkLockFile).catch(() => failed.push('slotbestand'))
  if (failed.length > 0) throw new Refusal(`Niet in orde: ${failed.join(', ')}.`)
  return 0
}

/** A lock file that installs the same everywhere: no registry's address, every platform's packages. */
async function checkLockFile() {
  for (const name of ['package-lock.json', '.npmrc']) {
    const line = existsSync(inProject(name)) && lineWithRegistry(readFileSync(inProject(name), 'utf8'))
    if (line) throw told(`${name}:${line} noemt het adres van een register (zie .npmrc).`)
  }
  const missing = Object.keys(
    missingFromLock(JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'))),
  )
  if (missing.length > 0)
    throw told(
      `package-lock.json mist ${missing.length} onderdelen, zoals ${missing[0]}; voer uit: node scripts/complete-lock.mjs`,
    )
}

function told(problem) {
  console.log(problem)
  return new Refusal(problem)
}
