/**
 * How long the pages of the demo take a signed-in person, one request at a time, against the same
 * number of requests that only ask the database for its health.
 */
import { performance } from 'node:perf_hooks'
import 'reflect-metadata'
import { percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const TIMES = 60
const PAGES = [
  '/',
  '/mijn',
  '/alv',
  '/besluiten',
  '/verantwoording',
  '/garanties',
  '/garanties/overzicht',
  '/risicomarge/2019',
  '/leden',
  '/statuten',
]

const web = await startWeb({ SAMEN_DEMO: '1', SAMEN_PREPARE: '1', LOG_LEVEL: 'error' })
const signedIn = await fetch(`${web.url}/demo/inloggen`, {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'email=bestuurder@example.org',
  redirect: 'manual',
})
const cookie = signedIn.headers.getSetCookie()[0].split(';')[0]

async function timed(path) {
  const times = []
  for (let i = 0; i < TIMES + 10; i++) {
    const start = performance.now()
    const answer = await fetch(web.url + path, { headers: { cookie } })
    await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    if (i >= 10) times.push(performance.now() - start) // the first ones warm up
  }
  return percentile(times, 0.95)
}

const limit = await timed('/gezond')
const lines = []
for (const path of PAGES) {
  const value = await timed(path)
  lines.push({ name: `p95 of ${path}`, value, unit: 'ms', limit, ratio: value / limit, aim: '< 50 ms' })
}
await web.stop()
report(lines)
