import { writeFileSync } from 'node:fs'
import { findProgram, runProgram } from './processes.mjs'
import { inState } from './project.mjs'
import { Refusal } from './refusal.mjs'

// The shell is the same browser without windows: it takes half the processor time of the whole one.
const HEADLESS_SHELL = 'chromium-headless-shell'
const CHROMIUM_NAMES = [
  HEADLESS_SHELL,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

/** The browser for the tests: SAMEN_CHROMIUM, else the first in PATH; null when there is none. */
export function findChromium() {
  return process.env.SAMEN_CHROMIUM || findProgram(...CHROMIUM_NAMES)
}

/** The Redis server for the tests: REDIS_SERVER, else the one in PATH; null when there is none. */
export function findRedis() {
  return process.env.REDIS_SERVER || findProgram('redis-server')
}

/** Installs the tests' Redis and Chromium with apt-get where root may; else says what to install. */
export async function ensureTestTools({ say, signal }) {
  const missing = missingPackages()
  if (missing.length === 0) return
  const advice = `Voor de tests is nog nodig: ${missing.join(' en ')}. Installeer met: apt-get install ${missing.join(' ')} (of wijs ze aan met REDIS_SERVER en SAMEN_CHROMIUM).`
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) throw new Refusal(advice)

  say(`Installeren voor de tests: ${missing.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  let log = ''
  const install = (packages) => ['install', '-y', '--no-install-recommends', ...packages]
  for (const args of [['update'], install(missing.map(lightest)), install(missing)]) {
    if (missingPackages().length === 0) break
    const run = await runProgram('apt-get', args, { env, signal })
    log += run.output
    writeFileSync(inState('apt.log'), log)
  }
  if (missingPackages().length > 0) throw new Refusal(`${advice} Wat apt-get zei staat in .samen/apt.log.`)
}

function missingPackages() {
  return [findRedis() ? [] : 'redis-server', findChromium() ? [] : 'chromium'].flat()
}

/** Older distributions do not have it: then the whole browser is installed after all. */
const lightest = (name) => (name === 'chromium' ? HEADLESS_SHELL : name)
