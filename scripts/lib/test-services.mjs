import { spawn } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './address.mjs'
import { canReach } from './postgres/account.mjs'
import { postgresBinaries } from './postgres/binaries.mjs'
import { startCluster } from './postgres/cluster.mjs'
import { accountHere } from './postgres/embedded.mjs'
import { dyingWithParent } from './postgres/server.mjs'
import { isRunning, sendSignal, waitUntil } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { findChromium, findRedis } from './tools.mjs'

const PREFIX = 'samen-test-'
// Cloning a database for each suite is mostly writing: in memory it costs a third.
const MEMORY = '/dev/shm'
const TMPFS = 0x01021994
const ROOM = 4 * 1024 ** 3
// A test database need not survive a power cut.
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/**
 * What the tests need: `{databaseUrl, redisUrl, chromium, env, stop()}`. Starts an own PostgreSQL and Redis in a
 * temporary folder; `stop()` ends them and removes it. Services that SAMEN_TEST_DATABASE_URL and
 * SAMEN_TEST_REDIS_URL already name are used as they are. `env` holds the same as environment settings.
 *
 * `durable: true` keeps PostgreSQL's crash safety on, for measuring. They end with this process, also by kill -9.
 */
export async function startTestServices({ durable = false, signal } = {}) {
  const chromium = findChromium()
  if (!chromium) throw new Refusal('Chromium ontbreekt; installeer het of wijs het aan met SAMEN_CHROMIUM.')
  const given = { database: process.env.SAMEN_TEST_DATABASE_URL, redis: process.env.SAMEN_TEST_REDIS_URL }
  if (given.database && given.redis) return services(given.database, given.redis, chromium, async () => {})

  removeAbandoned()
  const account = accountHere()
  const folder = makeTemporaryFolder(account, durable)
  const stops = []
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const redis = await startRedis(folder)
    stops.push(redis.stop)
    const settings = { max_connections: durable ? 300 : 200, ...(durable ? {} : FAST) }
    const home = join(folder, 'postgres')
    const options = { home, account, binaries: postgresBinaries(account), settings, sync: durable, signal }
    const cluster = await startCluster(options)
    stops.push(cluster.stop)
    return services(cluster.databaseUrl, redis.url, chromium, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

function services(databaseUrl, redisUrl, chromium, stop) {
  const env = {
    SAMEN_TEST_DATABASE_URL: databaseUrl,
    SAMEN_TEST_REDIS_URL: redisUrl,
    SAMEN_CHROMIUM: chromium,
  }
  return { databaseUrl, redisUrl, chromium, env, stop }
}

async function startRedis(folder) {
  const program = findRedis()
  if (!program)
    throw new Refusal('Redis ontbreekt; installeer redis-server of wijs het aan met REDIS_SERVER.')
  const port = await freePort()
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const [command, ...args] = [...dyingWithParent('KILL'), program, ...options.map(String)]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  let gone = false
  for (const event of ['exit', 'error'])
    child.on(event, () => {
      gone = true
    })
  const stop = async () => {
    if (!gone && child.pid !== undefined) sendSignal(child.pid, 'SIGKILL')
    await waitUntil(() => gone, 5_000)
  }
  const end = Date.now() + 10_000
  while (!(await accepts(port))) {
    if (gone || Date.now() > end) {
      await stop()
      throw new Refusal(`Redis start niet (${program}).`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { url: `redis://127.0.0.1:${port}`, stop }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

/** A folder that names this process, so that a later run can remove it when this one was killed. */
/** On a disk when what is written must survive or is measured; else in memory where there is enough of it. */
function makeTemporaryFolder(account, onDisk) {
  const places = [...(onDisk ? [] : [MEMORY].filter(hasRoom)), tmpdir(), '/tmp']
  const parent = places.find((place) => canReach(account, place)) ?? '/tmp'
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`))
  chmodSync(folder, 0o711)
  return folder
}

/** A folder in memory that this account may write in, with room for the databases of a whole run. */
function hasRoom(place) {
  try {
    accessSync(place, constants.W_OK)
    const { type, bavail, bsize } = statfsSync(place)
    return type === TMPFS && bavail * bsize >= ROOM
  } catch {
    return false
  }
}

function removeAbandoned() {
  for (const place of [tmpdir(), MEMORY].filter((one) => existsSync(one))) removeAbandonedIn(place)
}

function removeAbandonedIn(place) {
  for (const name of readdirSync(place)) {
    const pid = name.match(/^samen-test-(\d+)-/)?.[1]
    if (!pid || isRunning(Number(pid))) continue
    try {
      rmSync(join(place, name), { recursive: true, force: true })
    } catch {
      // Another user's.
    }
  }
}
