import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAddress, requireFreeAddress } from './address.mjs'
import { ensureBuilt } from './build.mjs'
import { startApp, stopLeftovers } from './children.mjs'
import { ensureInstalled } from './install.mjs'
import { Life } from './life.mjs'
import { acquireLock } from './lock.mjs'
import { startEmbedded } from './postgres/embedded.mjs'
import { inProject, inState } from './project.mjs'
import { Refusal } from './refusal.mjs'

const WEB = 'apps/web/main.js'
const WORKER = 'apps/worker/main.js'

/** `npm start`: installs, builds, starts PostgreSQL and serves until Ctrl-C or SIGTERM. Answers the exit code. */
export function main() {
  return new Life().run(async (life) => {
    const say = (line) => console.log(line)
    const address = readAddress(process.env)
    const { lock, previous } = await takeLock(life, address)
    const step = { say, signal: life.signal }

    await stopLeftovers(previous)
    await requireFreeAddress(address)
    await ensureInstalled(step)
    await ensureBuilt(step)
    const settings = process.env.DATABASE_URL ? ownSettings() : await startDatabase(life, step)
    life.signal.throwIfAborted()
    lock.update({ settings: { PORT: String(address.port), HOST: address.host, ...settings } })
    return serve(life, lock, address, settings)
  })
}

/** One Samen per project. One that is stopping, or a short `samen` command, is waited for. */
async function takeLock(life, { host, port, url }) {
  const path = inState('start.lock')
  for (let waited = 0; ; waited += 100) {
    const { held, previous, holder } = acquireLock(path, { command: 'start', host, port, url })
    if (held) {
      life.onClose(() => held.release())
      return { lock: held, previous }
    }
    const passing = holder.stopping || holder.command !== 'start'
    if (!passing || waited > 30_000) throw new Refusal(whyTaken(holder))
    await sleep(100, undefined, { signal: life.signal })
  }
}

function whyTaken({ command, pid, settings, url }) {
  if (command !== 'start')
    return `Een andere samen-opdracht gebruikt de database (proces ${pid}); probeer het zo nog eens.`
  if (!settings) return `Samen wordt in deze map al gestart (proces ${pid}).`
  return `Samen draait al op ${url} (proces ${pid}). Stop die eerst met Ctrl-C.`
}

function ownSettings() {
  const { DATABASE_URL, SAMEN_DEMO, BASE_URL } = process.env
  return Object.fromEntries(
    Object.entries({ DATABASE_URL, SAMEN_DEMO, BASE_URL }).filter(([, value]) => value),
  )
}

/** The embedded database, with the demo unless told otherwise. */
async function startDatabase(life, step) {
  const database = await startEmbedded(step)
  life.onClose(database.stop, database.kill)
  database.exited.then(() =>
    life.fail(new Refusal('De database is onverwacht gestopt; start Samen opnieuw.')),
  )
  return { SAMEN_DEMO: '1', ...ownSettings(), DATABASE_URL: database.databaseUrl }
}

/** Runs the web process, and the worker beside it when SAMEN_WORKER=separate, until one of them or Samen ends. */
async function serve(life, lock, address, settings) {
  const children = []
  const run = (name, entry, more) => {
    const app = startApp(name, entry, { ...settings, ...more })
    children.push(app.record)
    lock.update({ children })
    life.onClose(app.stop, app.kill)
    app.exited.then((how) => {
      // With code 1 the app has said itself, in one line, why it can't run.
      if (how.code === 1) life.finish(1)
      else life.fail(new Refusal(whyEnded(how)))
    })
  }
  life.signal.addEventListener('abort', () => lock.update({ stopping: true }))
  run('webserver', WEB, { SAMEN_PREPARE: '1' })
  if (process.env.SAMEN_WORKER === 'separate' && existsSync(inProject('dist', WORKER)))
    // The web process migrates the database first.
    answers(address, life.signal).then((ready) => ready && run('worker', WORKER, {}))
  return life.ended
}

async function answers({ url }, signal) {
  while (!signal.aborted) {
    const response = await fetch(`${url}/gezond`, { signal }).catch(() => null)
    if (response?.ok) return true
    await sleep(200)
  }
  return false
}

function whyEnded({ name, code, signal }) {
  return `Samen is gestopt: de ${name} eindigde onverwacht (${signal ?? `code ${code}`}).`
}
