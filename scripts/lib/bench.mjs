import { existsSync, readdirSync } from 'node:fs'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { Life } from './life.mjs'
import { inProject } from './project.mjs'
import { runNode } from './stages.mjs'
import { startTestServices } from './test-services.mjs'

/**
 * `npm run bench`: runs each `test/bench/*.mjs`, or those that are named, against `dist` and a crash-safe
 * PostgreSQL. With `--json` standard output is theirs alone.
 */
export function main(args) {
  return new Life().run((life) => bench(life, args), 1)
}

async function bench(life, args) {
  const { signal } = life
  const step = { say: (line) => console.error(line), signal }
  await ensureInstalled(step)
  await ensureBuilt(step)
  const services = await startTestServices({ durable: true, signal })
  life.onClose(services.stop)

  const options = args.filter((word) => word.startsWith('--'))
  const names = args.filter((word) => !word.startsWith('--'))
  const folder = inProject('test', 'bench')
  const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mjs')) : []
  const env = { ...services.env, REDIS_URL: services.redisUrl }
  for (const name of all.sort())
    if (names.length === 0 || names.some((wanted) => name.startsWith(wanted))) {
      const DATABASE_URL = await ownDatabase(services.databaseUrl, name.replace(/\W/g, '_'))
      await runNode(`Meting ${name}`, [`${folder}/${name}`, ...options], {
        env: { ...env, DATABASE_URL },
        signal,
      })
    }
  return 0
}

/** A database for one benchmark, so that none stumbles over what another left. */
async function ownDatabase(serverUrl, name) {
  const { default: pg } = await import('pg')
  const server = new pg.Client({ connectionString: serverUrl })
  await server.connect()
  await server.query(`CREATE DATABASE bench_${name}`)
  await server.end()
  const url = new URL(serverUrl)
  url.pathname = `/bench_${name}`
  return url.href
}
