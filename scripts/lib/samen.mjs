import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { startApp } from './children.mjs'
import { ensureInstalled } from './install.mjs'
import { Life } from './life.mjs'
import { acquireLock } from './lock.mjs'
import { startEmbedded } from './postgres/embedded.mjs'
import { inProject, inState } from './project.mjs'

const ENTRY = 'apps/cli/main.js'
const WITH_DATABASE = new Set(['migrate', 'demo', 'admin', 'sign-in-link', 'retention'])

/**
 * `samen <command>`: runs the built command, with the database that DATABASE_URL names, else that of the running
 * Samen, else the embedded one for as long as the command takes. Standard output is the command's alone.
 */
export async function main(args) {
  const say = (line) => console.error(line)
  if (WITH_DATABASE.has(args[0])) return new Life().run((life) => runWithDatabase(life, args, say), 130)

  await ensureInstalled({ say })
  await ensureBuilt({ say })
  const entry = inProject('dist', ENTRY)
  process.argv = [process.argv[0], entry, ...args]
  await import(pathToFileURL(entry).href)
  return undefined
}

async function runWithDatabase(life, args, say) {
  const step = { say, signal: life.signal }
  // The lock first: another command must not install or build at the same time.
  const running = process.env.DATABASE_URL ? {} : await runningSettings(life)
  await ensureInstalled(step)
  await ensureBuilt(step)
  const settings = running ?? (await startDatabase(life, step))
  const app = startApp('samen', ENTRY, settings, args)
  life.onClose(app.stop, app.kill)
  const { code } = await app.exited
  return code ?? 1
}

/** The settings of the Samen that runs in this project, or null when none does and we hold its lock. */
async function runningSettings(life) {
  for (;;) {
    const { held, holder } = acquireLock(inState('start.lock'), { command: 'samen' })
    if (held) {
      life.onClose(() => held.release())
      return null
    }
    if (holder.command === 'start' && holder.settings && !holder.stopping)
      return { ...holder.settings, ...pick(process.env, 'HOST', 'PORT', 'BASE_URL') }
    await sleep(100, undefined, { signal: life.signal })
  }
}

async function startDatabase(life, step) {
  const database = await startEmbedded({ ...step, say: () => {} })
  life.onClose(database.stop, database.kill)
  return { SAMEN_DEMO: process.env.SAMEN_DEMO ?? '1', DATABASE_URL: database.databaseUrl }
}

function pick(from, ...names) {
  return Object.fromEntries(names.filter((name) => from[name]).map((name) => [name, from[name]]))
}
