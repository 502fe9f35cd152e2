import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProcess, startBuilt } from '../support/built-process.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { hostileUploads } from '../support/hostile-uploads.js'
import { type Answer, HttpClient } from '../support/http-client.js'
import { repetitions } from '../support/repetitions.js'

const REPORT = '/verantwoording/oost/2019-Q4'
const COUNT = repetitions(100, 1000)
const MEGABYTE = 1024 * 1024

/** What an upload may come to: read, or refused in words. */
const ANSWERS = [303, 400, 413, 415, 422]

let database: TestDatabase
let web: BuiltProcess
let canary: Server
let called = 0

beforeAll(async () => {
  database = await createTestDatabase('demo')
  web = await startBuilt('web/main.js', {
    ...{ DATABASE_URL: database.url, SAMEN_DEMO: '1', SAMEN_PREPARE: '1', SAMEN_WORKER: 'separate' },
    ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  })
  canary = createServer((_, response) => {
    called++
    response.end()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  web?.child.kill('SIGKILL')
  canary?.close()
  await database?.drop()
})

async function bytes(client: HttpClient, path: string): Promise<Buffer> {
  const response = await fetch(new URL(path, web.url), { headers: { cookie: client.cookie } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** Sends a file as the page's form does. */
async function upload(client: HttpClient, name: string, content: Buffer): Promise<Answer> {
  const { text } = await client.get(`${REPORT}/werkmappen`)
  const verzoek = /name="verzoek" value="([^"]+)"/.exec(text)![1]!
  return client.postFiles(`${REPORT}/werkmap`, { verzoek }, [['bestand', name, content]])
}

/** The most memory that the process ever held, in bytes; null where the system does not tell. */
function mostMemory(): number | null {
  try {
    const status = readFileSync(`/proc/${web.child.pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024
  } catch {
    return null
  }
}

describe('hostile uploads in place of a filled-in workbook', () => {
  it(`${COUNT} of them are read or refused in words; nothing breaks, nothing runs`, {
    timeout: COUNT * 2_000,
  }, async () => {
    const client = new HttpClient(web.url)
    await client.signInAs('penningmeester')
    const { port } = canary.address() as { port: number }
    const honest = {
      workbook: await bytes(client, `${REPORT}/werkmap`),
      list: await bytes(client, `${REPORT}/werkmap.csv`),
      canary: `http://127.0.0.1:${port}/`,
    }
    const odd: string[] = []
    let read = 0
    for await (const { what, name, content } of hostileUploads(COUNT, honest)) {
      const answer = await upload(client, name, content)
      if (!ANSWERS.includes(answer.status)) odd.push(`${what}: ${answer.status}`)
      const shown = answer.status === 303 ? await client.get(answer.location!) : answer
      if (answer.status === 303) read++
      if (shown.status >= 500 || (answer.status === 303 && shown.status !== 200))
        odd.push(`${what}, shown: ${shown.status}`)
      if (/<script>alert|<img src=x/.test(shown.text)) odd.push(`${what}: markup came through`)
    }
    expect(odd).toEqual([])
    expect(read).toBeGreaterThan(0)
    expect(called).toBe(0)
    expect(web.child.exitCode).toBeNull()
    const memory = mostMemory()
    if (memory !== null) expect(memory / MEGABYTE).toBeLessThan(512)
    // Among so many some were honest enough to be kept; of one report only so many are.
    await database.owner.query('DELETE FROM report_uploads')
    expect((await upload(client, 'werkmap.xlsx', honest.workbook)).status).toBe(303)
  })
})
