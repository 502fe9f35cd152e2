import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, sendSignal, waitUntil } from '../processes.mjs'
import { asAccount } from './account.mjs'
import { readPidFile } from './leftover.mjs'

const LOG_LIMIT = 10_000_000

// Right for a small machine. Crash safety (fsync, full_page_writes) keeps its default: on.
const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'samen',
}

/**
 * Runs the server and waits until it accepts connections: `{ready: true, exited, stop(), kill()}`, or
 * `{ready: false, log}` with what it wrote when it gave up. In a session of its own, so that Ctrl-C in the
 * terminal reaches it only after the web process has finished; it ends itself when this process dies.
 */
export async function runServer({ home, data, port, binaries, settings, account, env, say, signal }) {
  const logPath = join(home, 'postgres.log')
  const log = openLog(logPath)
  const logStart = fstatSync(log).size
  const chosen = Object.entries({ ...DEFAULTS, ...settings, port }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ])
  const [command, ...args] = [
    ...dyingWithParent('INT'),
    join(binaries, 'bin', 'postgres'),
    '-D',
    data,
    ...chosen,
  ]
  const child = spawn(command, args, {
    ...asAccount(account),
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)

  let gone = false
  const exited = new Promise((resolve) => {
    child.on('error', () => resolve({ code: null, signal: null }))
    child.on('exit', (code, signal) => resolve({ code, signal }))
  }).then((how) => {
    gone = true
    return how
  })
  const stop = async () => {
    // Fast shutdown, then immediate shutdown: both lose nothing that was committed.
    for (const [name, patience] of [
      ['SIGINT', 30_000],
      ['SIGQUIT', 10_000],
      ['SIGKILL', 5_000],
    ]) {
      if (gone || child.pid === undefined) return
      sendSignal(child.pid, name)
      await Promise.race([exited, waitUntil(() => gone, patience, 50)])
    }
  }
  const kill = () => {
    if (!gone && child.pid !== undefined) sendSignal(child.pid, 'SIGQUIT')
  }

  const started = Date.now()
  let told = false
  while (!gone) {
    const file = readPidFile(data)
    if (file?.pid === child.pid && file.status === 'ready') return { ready: true, exited, stop, kill }
    if (signal?.aborted) await stop()
    if (!told && Date.now() - started > 3_000) {
      told = true
      say?.('De database herstelt zich na een onverwachte stop …')
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return { ready: false, log: readFileSync(logPath, 'utf8').slice(logStart) }
}

function openLog(path) {
  try {
    if (statSync(path).size > LOG_LIMIT) truncateSync(path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return openSync(path, 'a', 0o600)
}

/** The words before a command that make Linux send it `signal` when this process dies, also by kill -9. */
export function dyingWithParent(signal) {
  const setpriv = findProgram('setpriv')
  const words = [setpriv, '--pdeathsig', signal, '--']
  if (!setpriv || spawnSync(setpriv, [...words.slice(1), 'true'], { stdio: 'ignore' }).status !== 0) return []
  return words
}
