import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { freePort, isFree } from '../address.mjs'
import { runProgram } from '../processes.mjs'
import { DISK_FULL_LINE, Refusal, saysDiskIsFull } from '../refusal.mjs'
import { asAccount, makeOwnFolder } from './account.mjs'
import { clearTheWay } from './leftover.mjs'
import { runServer } from './server.mjs'

const ROLE = 'samen'
const DATABASE = 'samen'
// Other clusters of this machine must not lend their settings to this one.
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/**
 * Starts the PostgreSQL of `home`, made there the first time, and answers
 * `{databaseUrl, exited, stop(), kill()}`. It listens on a free port of 127.0.0.1 (the same one each time when
 * it is still free) and asks the password that only the account can read.
 *
 * `settings` are extra server settings; `sync: false` makes a throw-away cluster faster. What a crash left
 * behind (a lock file, an orphaned server) is cleared first; call this only under the project's lock.
 */
export async function startCluster({ home, account, binaries, settings = {}, sync = true, say, signal }) {
  makeOwnFolder(account, home)
  const data = join(home, 'data')
  if (!existsSync(data)) await createCluster({ home, account, binaries, sync, say, signal })
  await clearTheWay(data)
  const password = readSecret(home)

  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(home, attempt)
    const server = await runServer({
      home,
      data,
      port,
      binaries,
      settings,
      account,
      env: ENVIRONMENT,
      say,
      signal,
    })
    if (server.ready) {
      keep(home, account, 'port', `${port}\n`)
      return { databaseUrl: `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`, ...server }
    }
    signal?.throwIfAborted()
    const portWasTaken = /could not bind|Address already in use/.test(server.log)
    // The processes of a server that was killed need a moment to see it and go.
    const oldOnesLinger = /still in use|lock file .* already exists/.test(server.log)
    if (attempt < 20 && (portWasTaken || oldOnesLinger)) {
      await clearTheWay(data)
      await new Promise((resolve) => setTimeout(resolve, 500))
      continue
    }
    throw new Refusal(whyNotStarted(server.log, home))
  }
}

async function createCluster({ home, account, binaries, sync, say, signal }) {
  say?.('Database aanmaken …')
  const draft = join(home, 'data.new')
  rmSync(draft, { recursive: true, force: true })
  const secret = keep(home, account, 'password', `${randomBytes(24).toString('hex')}\n`)
  const options = { ...asAccount(account), env: ENVIRONMENT, signal }

  const init = ['-D', draft, '-U', ROLE, '--pwfile', secret, '--auth', 'scram-sha-256', '--encoding', 'UTF8']
  // The same order of text on every machine, whatever its locales.
  const locale = ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
  const noSync = sync ? [] : ['--no-sync']
  await must(runProgram(join(binaries, 'bin', 'initdb'), [...init, ...locale, ...noSync], options), home)
  const single = ['--single', '-D', draft, ...(sync ? [] : ['-c', 'fsync=off']), 'postgres']
  const create = { ...options, input: `CREATE DATABASE ${DATABASE}\n` }
  await must(runProgram(join(binaries, 'bin', 'postgres'), single, create), home)

  // Only a whole cluster gets the name: whatever stops this half-way, the next start begins anew.
  renameSync(draft, join(home, 'data'))
  if (sync) syncFolder(home)
}

async function must(running, home) {
  const run = await running
  if (run.code === 0 && !/^.*(ERROR|FATAL|PANIC):/m.test(run.output)) return
  if (/could not look up effective user/.test(run.output))
    throw new Refusal(
      `Gebruiker ${process.getuid()} staat niet in /etc/passwd, en PostgreSQL eist dat; geef met DATABASE_URL een eigen database op.`,
    )
  const why = whyNotStarted(run.output, home)
  if (why !== DISK_FULL_LINE) appendFileSync(join(home, 'postgres.log'), run.output)
  throw new Refusal(why)
}

function whyNotStarted(log, home) {
  if (saysDiskIsFull(log)) return DISK_FULL_LINE
  const reason = log.match(/(?:FATAL|PANIC|ERROR|error|fatal): +(.+)/)?.[1]
  return `De database start niet${reason ? `: ${reason}` : ''}. Zie ${join(home, 'postgres.log')}`
}

async function choosePort(home, attempt) {
  const last = existsSync(join(home, 'port')) ? Number(readFileSync(join(home, 'port'), 'utf8')) : 0
  return attempt === 1 && last > 0 && (await isFree(last)) ? last : freePort()
}

function readSecret(home) {
  try {
    return readFileSync(join(home, 'password'), 'utf8').trim()
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    throw new Refusal(`Het wachtwoord van de database ontbreekt: ${join(home, 'password')}`)
  }
}

/** Writes a small file whole, readable by the account only, and answers its path. */
function keep(home, account, name, text) {
  const path = join(home, name)
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  if (account) chownSync(`${path}.new`, account.uid, account.gid)
  renameSync(`${path}.new`, path)
  return path
}

function syncFolder(folder) {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
