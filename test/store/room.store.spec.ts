import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EventStreams } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { EventStream } from '../support/event-stream.js'
import type { HttpClient } from '../support/http-client.js'
import { repetitions } from '../support/repetitions.js'

let one: TestApp
let other: TestApp
let chair: HttpClient
let alv: string
let items: { id: string; motionId: string | null }[]

const query = (sql: string, params: unknown[] = []) => one.database.owner.query(sql, params)
const memberOf = async (number: number): Promise<string> =>
  (await query('SELECT id FROM members WHERE number = $1', [number]))[0].id
const follow = async (app: TestApp, who = 'lid-1', view = 'zaal') =>
  EventStream.open(await app.client(who), `${alv}/${view}/stroom`)

beforeAll(async () => {
  one = await startTestApp()
  other = await startTestApp({ database: one.database })
  chair = await one.client('voorzitter')
  const [{ id }] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  alv = `/alv/${id}`
  items = await query(
    `SELECT id, motion_id AS "motionId" FROM agenda_items WHERE assembly_id = $1 AND removed_at IS NULL ORDER BY position`,
    [id],
  )
})

afterAll(async () => {
  await other?.stop()
  await one?.stop()
  await one?.database.drop().catch(() => undefined)
})

const openPoll = async (motion: string): Promise<string> => {
  const { location } = await chair.post(`${alv}/stemmingen`, { motion })
  return location!
}
const cast = async (poll: string, number: number, choice: string) => {
  const voter = await one.client(`lid-${number}`)
  const answer = await voter.post(`${poll}/stem`, { member: await memberOf(number), choice })
  expect(answer.status).toBe(303)
}

describe('the room, across processes', () => {
  it('an act at one reaches who is connected at the other, and a second press changes nothing', async () => {
    const stream = await follow(other)
    await stream.until(({ html }) => html.includes('geen agendapunt'), 'the state at once')
    await chair.post(`${alv}/zaal/punt`, { punt: items[0]!.id })
    await chair.post(`${alv}/zaal/punt`, { punt: items[0]!.id })
    await stream.until(({ html }) => html.includes('Nu: 1. Werkplan 2020'), 'the item')
    await chair.post(`${alv}/zaal/punt`, { punt: items[1]!.id })
    await stream.until(({ html }) => html.includes('Nu: 2. Begroting 2020'), 'the next item')
    await chair.post(`${alv}/zaal/punt/einde`, { punt: items[0]!.id })
    const log = await query('SELECT kind, item_id AS item FROM agenda_progress ORDER BY sequence')
    expect(
      log.map(({ kind, item }: Record<string, string>) => `${kind} ${item === items[0]!.id ? 1 : 2}`),
    ).toEqual(['begun 1', 'ended 1', 'begun 2'])
    stream.close()
  })

  it('connects again when its listening connection is killed, and tells what happened meanwhile', async () => {
    const stream = await follow(other)
    await stream.until(({ html }) => html.includes('Nu: 2.'), 'the state')
    for (const punt of [items[0]!.id, items[1]!.id]) {
      const killed = await query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      )
      expect(killed.length).toBeGreaterThan(0)
      await chair.post(`${alv}/zaal/punt`, { punt })
      const position = punt === items[0]!.id ? 1 : 2
      await stream.until(({ html }) => html.includes(`Nu: ${position}.`), 'what happened meanwhile', 5_000)
      stream.states.length = 0
      await pause(300)
    }
    expect(stream.ended).toBe(false)
    stream.close()
  })

  it('renders once for all who look at the same, and lets go of who left', async () => {
    const streams = other.app.get(EventStreams)
    const all = await Promise.all(Array.from({ length: 30 }, (_, i) => follow(other, `lid-${(i % 5) + 1}`)))
    await Promise.all(all.map((stream) => stream.until(({ html }) => html.includes('Nu: 2.'), 'the state')))
    expect(new Set(all.map(({ states }) => states.at(-1)!.html)).size).toBe(1)
    expect(streams.open).toBe(30)
    for (const stream of all) stream.close()
    await expect.poll(() => streams.open).toBe(0)
    expect(
      (await (await one.client('lid-1')).get('/alv/00000000-0000-7000-8000-000000000000/zaal/stroom')).status,
    ).toBe(404)
  })
})

describe('nothing of the result before the close', () => {
  it('two polls with opposite ballots look the same to every stream until the result', async () => {
    const seen: string[][] = []
    for (const [at, choice] of (['for', 'against'] as const).entries()) {
      const { id, motionId } = items[at]!
      await chair.post(`${alv}/zaal/punt`, { punt: id })
      const streams = [
        await follow(one),
        await follow(other, 'voorzitter'),
        await follow(other, 'lid-2', 'scherm'),
      ]
      const poll = await openPoll(motionId!)
      for (const number of [10, 11, 12]) await cast(poll, number, choice)
      for (const stream of streams)
        await stream.until(({ html }) => html.includes('3 van de 51'), 'the turnout', 15_000)
      // The chair's page and what anyone may ask for say no more than the streams.
      const pages = [poll, `${alv}/zaal`, `${alv}/scherm`, `${poll}/wie-stemde-wat`]
      const texts = await Promise.all(pages.map(async (path) => (await chair.get(path)).text))
      await chair.post(`${poll}/sluiting`)
      for (const stream of streams)
        await stream.until(({ html }) => html.includes('gesloten om'), 'the close')
      seen.push([...streams.map(({ raw }) => withoutNames(raw)), ...texts.map(withoutNames)])
      for (const stream of streams) expect(stream.raw).not.toMatch(/Aangenomen|Niet aangenomen|samen-bars/)
      await chair.post(`${poll}/uitslag`)
      const said = choice === 'for' ? 'Aangenomen' : 'Niet aangenomen'
      for (const stream of streams) {
        await stream.until(({ html }) => html.includes(said), 'the result')
        stream.close()
      }
    }
    // Streams say when, not what: the same kinds of words, whatever was voted.
    expect(seen[0]!.slice(3)).toEqual(seen[1]!.slice(3))
    for (const texts of seen)
      for (const text of texts) expect(text).not.toMatch(/3 stemmen voor|3 stemmen tegen/)
  })

  it('announces the turnout once a second at most, however many vote', async () => {
    const motionId = await anotherMotion()
    const poll = await openPoll(motionId)
    const stream = await follow(other)
    await stream.until(({ html }) => html.includes('0 van de 51'), 'the open poll')
    const before = stream.states.length
    const start = Date.now()
    for (let number = 13; number < 33; number++) await cast(poll, number, 'for')
    await stream.until(({ html }) => html.includes('20 van de 51'), 'everyone', 15_000)
    const seconds = (Date.now() - start) / 1000
    expect(stream.states.length - before).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
    await chair.post(`${poll}/sluiting`)
    await chair.post(`${poll}/uitslag`)
    stream.close()
  })
})

describe('the floor', () => {
  const itemAtHand = async () => {
    await chair.post(`${alv}/zaal/punt`, { punt: items[0]!.id })
    return items[0]!.id
  }
  const act = async (client: HttpClient, path: string, number: number, more: Record<string, string> = {}) =>
    client.post(`${alv}/woord${path}`, { punt: items[0]!.id, spreker: await memberOf(number), ...more })
  const kinds = async (number: number) =>
    (
      await query('SELECT kind FROM floor_events WHERE item_id = $1 AND member_id = $2 ORDER BY sequence', [
        items[0]!.id,
        await memberOf(number),
      ])
    ).map(({ kind }: { kind: string }) => kind)

  it('asked for once, ordered, given, ended and timed; every repeat is harmless', async () => {
    await itemAtHand()
    const [three, four] = [await one.client('lid-3'), await other.client('lid-4')]
    const stream = await follow(other)
    await Promise.all([act(three, '', 3), act(three, '', 3), act(three, '', 3)])
    await act(four, '', 4)
    expect(await kinds(3)).toEqual(['asked'])
    await act(chair, '/volgorde', 4, { plaats: '1' })
    await act(chair, '/volgorde', 4, { plaats: '1' })
    expect(await kinds(4)).toEqual(['asked', 'placed'])
    await Promise.all([act(chair, '/beurt', 4), act(chair, '/beurt', 4)])
    await stream.until(({ html }) => html.includes('Aan het woord'), 'who speaks')
    expect((await four.get(`${alv}/zaal`)).text).toContain('U hebt het woord')
    await pause(1_100)
    await act(chair, '/beurt', 3)
    await act(chair, '/einde', 4)
    expect(await kinds(4)).toEqual(['asked', 'placed', 'given', 'ended'])
    await act(chair, '/einde', 3)
    await stream.until(({ html }) => /Hebben gesproken[\s\S]*[12] seconde/.test(html), 'the time')
    const again = await act(three, '', 3)
    expect(again.status).toBe(409)
    expect(again.text).toContain('al gesproken')
    stream.close()
  })

  it('only for oneself, only in the hall, only about the item at hand', async () => {
    await itemAtHand()
    const five = await one.client('lid-5')
    expect((await act(five, '', 6)).status).toBe(404)
    const away = await one.client('lid-45')
    expect((await act(away, '', 45)).text).toContain('niet aanwezig')
    const stale = await five.post(`${alv}/woord`, { punt: items[1]!.id, spreker: await memberOf(5) })
    expect(stale.text).toContain('bij een ander punt')
    expect((await five.post(`${alv}/woord`, { punt: 'x', spreker: 'y' })).status).toBe(404)
    expect((await act(five, '/beurt', 5)).status).toBe(403)
    const supporter = await one.client('lid-53')
    await supporter.post(`${alv}/aanwezigheid`)
    expect((await act(supporter, '', 53)).status).toBe(303)
    expect(await kinds(53)).toEqual(['asked'])
    await act(supporter, '/intrekking', 53)
    await act(supporter, '/intrekking', 53)
    expect(await kinds(53)).toEqual(['asked', 'withdrawn'])
  })

  it('the chair gives it to a guest, or to a member by its number; ending the item ends the turn', async () => {
    await itemAtHand()
    const secretary = await one.client('secretaris')
    await secretary.post(`${alv}/gasten`, { naam: 'Mevrouw Gast' })
    const [guest] = await query(`SELECT id FROM assembly_guests WHERE name = 'Mevrouw Gast'`)
    const give = (fields: Record<string, string>) =>
      chair.post(`${alv}/woord/buiten-de-lijst`, { punt: items[0]!.id, ...fields })
    for (const [fields, said] of [
      [{}, 'Kies een gast'],
      [{ nummer: '4711' }, 'geen lid met dit nummer'],
      [{ nummer: 'x' }, 'geen lid met dit nummer'],
      [{ nummer: '45' }, 'niet aanwezig'],
    ] as const) {
      const refused = await give(fields)
      expect(refused.status).toBe(422)
      expect(refused.text).toContain(said)
    }
    expect((await give({ gast: guest.id, nummer: '' })).status).toBe(303)
    expect((await chair.get(`${alv}/zaal`)).text).toContain('Mevrouw Gast')
    expect((await give({ nummer: ' 7 ' })).status).toBe(303)
    await chair.post(`${alv}/zaal/punt`, { punt: items[1]!.id })
    expect(await kinds(7)).toEqual(['given', 'ended'])
    const open = await query(
      `SELECT count(*) FILTER (WHERE kind = 'given') - count(*) FILTER (WHERE kind = 'ended') AS n FROM floor_events`,
    )
    expect(open[0].n).toBe(0n)
  })

  it('two chairs at once: one speaker at a time, and the log says the same', async () => {
    for (let round = 0; round < repetitions(2, 20); round++) {
      await itemAtHand()
      const second = await other.client('voorzitter')
      await Promise.all([act(chair, '/beurt', 8), act(second, '/beurt', 9), act(chair, '/beurt', 10)])
      const log: { kind: string }[] = await query(
        `SELECT kind FROM floor_events WHERE kind IN ('given','ended') ORDER BY sequence`,
      )
      const speaking = log.map(({ kind }) => (kind === 'given' ? 1 : -1))
      let now = 0
      for (const step of speaking) {
        now += step
        expect(now === 0 || now === 1).toBe(true)
      }
      await chair.post(`${alv}/zaal/punt`, { punt: items[1]!.id })
    }
  })
})

/** What differs between two polls by their nature: titles, numbers, hours, ids. */
function withoutNames(text: string): string {
  return text
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, 'ID')
    .replace(/Werkplan 2020|het werkplan 2020|Begroting 2020|de begroting 2020/g, 'NAAM')
    .replace(/<p class="utrecht-paragraph">(Het werkplan zegt|De begroting verdeelt)[^<]*<\/p>/g, '')
    .replace(/\d+[.:]\d+(?: uur)?/g, 'UUR')
    .replace(/(punt|Nu:|Hierna:|agendapunt) \d/g, '$1 N')
    .replace(/value="[^"]*"|[\da-f]{64}|\d+\. NAAM/g, 'X')
}

let made = 0
async function anotherMotion(): Promise<string> {
  const [{ id }] = await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     SELECT gen_random_uuid(), $1, max(position) + 1, 'Extra ' || $2, 'Extra?', '', 'ordinary', now()
     FROM motions WHERE assembly_id = $1 RETURNING id`,
    [alv.slice('/alv/'.length), String(++made)],
  )
  return id
}
