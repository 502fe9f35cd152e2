import { createServer, type Socket, connect as toDatabase } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

/** A line to the database that can be cut and joined again. */
async function cuttableLine(url: string) {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = toDatabase(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        near.destroy()
        far.destroy()
        sockets.delete(socket)
      })
    }
    near.pipe(far).pipe(near)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as { port: number }
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String(port)
  const cut = () => {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    return closed
  }
  return { url: own.href, cut, join: () => listen(port) }
}

describe('a database that goes away and comes back', () => {
  let database: TestDatabase
  let line: Awaited<ReturnType<typeof cuttableLine>>
  let test: TestApp

  beforeAll(async () => {
    database = await createTestDatabase('demo')
    line = await cuttableLine(database.url)
    test = await startTestApp({
      database,
      env: { DATABASE_URL: line.url, LOG_LEVEL: 'silent', SAMEN_WORKER: 'separate' },
    })
  })
  afterAll(async () => {
    await test.stop()
    await line.cut()
    await database.drop()
  })

  it('gives a page with a reference meanwhile, and works again without a restart', async () => {
    const client = await test.client('bestuurder')
    const passer = await test.client()
    for (let round = 0; round < 2; round++) {
      expect((await client.get('/mijn')).status).toBe(200)
      await line.cut()
      for (const answer of [
        await client.get('/mijn'),
        await passer.get('/leden'),
        await client.get('/gezond'),
      ]) {
        expect(answer.status).toBe(503)
        expect(answer.text).toMatch(/Kenmerk[\s\S]*[0-9a-f]{8}/)
      }
      await line.join()
      expect((await passer.get('/leden')).status).toBe(200)
    }
    expect((await client.get('/mijn')).status).toBe(200)
  })
})
