import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProcess, startBuilt } from '../support/built-process.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { EventStream } from '../support/event-stream.js'
import { HttpClient } from '../support/http-client.js'

describe('the room over several web processes', () => {
  let database: TestDatabase
  let alv: string
  const running: BuiltProcess[] = []

  beforeAll(async () => {
    database = await createTestDatabase('demo')
    const [{ id }] = await database.owner.query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
    alv = `/alv/${id}`
  })
  afterEach(() => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => database.drop())

  const web = async (port = '0') => {
    const env = { DATABASE_URL: database.url, SAMEN_DEMO: '1', SAMEN_WORKER: 'separate', SAMEN_PREPARE: '1' }
    const started = await startBuilt('web/main.js', {
      ...env,
      PORT: port,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
    })
    running.push(started)
    return started
  }
  const signedIn = async (who: string, { url }: BuiltProcess) => {
    const client = new HttpClient(url)
    await client.signInAs(who)
    return client
  }
  const itemAt = async (position: number): Promise<{ id: string; motion_id: string }> =>
    (
      await database.owner.query(
        'SELECT id, motion_id FROM agenda_items WHERE assembly_id = $1 AND position = $2',
        [alv.slice('/alv/'.length), position],
      )
    )[0]

  it('what is done at one is seen at the other; a killed one loses no ballot, and a stopped one lets go', async () => {
    const [first, second] = [await web(), await web()]
    const chair = await signedIn('voorzitter', first)
    const watcher = await signedIn('lid-9', second)
    const stream = await EventStream.open(watcher, `${alv}/zaal/stroom`)
    const item = await itemAt(1)
    await chair.post(`${alv}/zaal/punt`, { punt: item.id })
    await stream.until(({ html }) => html.includes('Nu: 1.'), 'the item')
    const poll = (await chair.post(`${alv}/stemmingen`, { motion: item.motion_id })).location!
    await stream.until(({ html }) => html.includes('0 van de 51'), 'the open poll')

    // The process is killed after it acknowledged a ballot; its announcement dies with it, the ballot doesn't.
    const voter = await signedIn('lid-10', first)
    const [{ id: member }] = await database.owner.query('SELECT id FROM members WHERE number = 10')
    const answer = await voter.post(`${poll}/stem`, { member, choice: 'against' })
    expect(answer.status).toBe(303)
    await first.stop('SIGKILL')
    await stream.until(
      ({ html }) => html.includes('1 van de 51'),
      'the turnout, without announcement',
      15_000,
    )

    // Another takes its place: the voter sees the ballot, and a stream gets the state at once.
    const third = await web(new URL(first.url).port)
    const again = await EventStream.open(voter, `${alv}/zaal/stroom`)
    await again.until(({ html }) => html.includes('1 van de 51'), 'the state at once')
    expect((await voter.get(`${alv}/zaal`)).text).toContain('is vastgelegd om')
    for (const { raw } of [stream, again]) expect(raw).not.toMatch(/Aangenomen|samen-bars/)

    // Stopping does not wait for whoever follows a stream.
    const start = Date.now()
    expect(await third.stop('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(Date.now() - start).toBeLessThan(8_000)
    expect(again.ended).toBe(true)
    stream.close()
  }, 240_000)
})
