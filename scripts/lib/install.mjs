import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { runProgram } from './processes.mjs'
import { inProject, inState } from './project.mjs'
import { DISK_FULL_LINE, Refusal, saysDiskIsFull } from './refusal.mjs'

/** What npm records as installed. */
const installedFile = () => inProject('node_modules', '.package-lock.json')

/** Installs the dependencies with `npm ci` when they are absent or differ from package-lock.json. */
export async function ensureInstalled({ say, signal }) {
  if (isInstalled()) return
  say('Onderdelen installeren (npm ci); de eerste keer duurt dat even …')
  let run = await npm(['ci'], signal)
  // Some registries lack packages for other platforms, and a lock file made there lacks them too.
  if (/EUSAGE/.test(run.output)) run = await npm(['install', '--no-save'], signal)
  // On a full disk npm leaves files out and still says that it succeeded.
  if (saysDiskIsFull(run.output)) rmSync(installedFile(), { force: true })
  else if (run.code === 0 && isInstalled()) return
  throw new Refusal(whyInstallFailed(run.output))
}

function npm(words, signal) {
  const [command, first] = npmCommand()
  const options = ['--include=dev', '--include=optional', '--prefer-offline', '--no-audit', '--no-fund']
  return runProgram(command, [...first, ...words, ...options], {
    cwd: inProject(),
    signal,
    // Started by npm itself, this would inherit its quietness.
    env: { ...process.env, npm_config_loglevel: 'warn' },
  })
}

/** Whether what npm recorded as installed has each version that package-lock.json asks for. */
export function isInstalled() {
  const wanted = readPackages(inProject('package-lock.json'))
  const present = readPackages(installedFile())
  if (!wanted) throw new Refusal('package-lock.json ontbreekt of is beschadigd; haal het project opnieuw op.')
  if (!present) return false
  return Object.entries(wanted).every(
    // Optional ones are there on the platforms that they are for.
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  )
}

function readPackages(path) {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** npm as it was called for this command, else the one in PATH. */
function npmCommand() {
  const cli = process.env.npm_execpath
  return cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []]
}

function whyInstallFailed(output) {
  if (saysDiskIsFull(output)) return DISK_FULL_LINE
  const reason = output.match(/npm (?:error|ERR!) (?!code|syscall|errno|path|A complete log)(.+)/)?.[1]
  let log = ''
  try {
    writeFileSync(inState('npm-ci.log'), output)
    log = ' Alles staat in .samen/npm-ci.log.'
  } catch {
    // No room for a log: the reason is enough.
  }
  return `Installeren (npm ci) mislukte${reason ? `: ${reason}.` : '.'}${log}`
}
