import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'
import type { HttpClient } from '../support/http-client.js'

let test: TestApp
let browser: TestBrowser
let chair: HttpClient
/** The assembly of the demo, and the next one. */
let held: string
let next: string

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  chair = await test.client('voorzitter')
  const [assembly] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  const [following] = await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES (gen_random_uuid(), 'Voorjaars-ALV', 'ordinary', '2020-02-15', '2020-02-15T10:00:01+01:00', 'Zaal', '2020-01-31')
     RETURNING id`,
  )
  held = assembly.id
  next = following.id
  await query(
    `INSERT INTO attendance_events (assembly_id, member_id, kind, at, person_id, recorded_by, by_secretary)
     SELECT $1, member_id, kind, at, person_id, recorded_by, by_secretary FROM attendance_events WHERE assembly_id = $2`,
    [next, held],
  )
  await holdAssembly()
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const heading = async (page: Page) => ((await page.locator('h1').textContent()) ?? '').trim()

/** One motion: adopted by two of three, declared. */
async function decide(assembly: string, motionId: string): Promise<void> {
  const { location } = await chair.post(`/alv/${assembly}/stemmingen`, { motion: motionId })
  for (const [number, choice] of [
    [1, 'for'],
    [2, 'for'],
    [3, 'against'],
  ] as const) {
    const client = await test.client(`lid-${number}`)
    await client.get(location!)
    const [member] = await query('SELECT id FROM members WHERE number = $1', [number])
    expect((await client.post(`${location}/stem`, { member: member.id, choice })).status).toBe(303)
  }
  await chair.post(`${location}/sluiting`)
  await chair.post(`${location}/uitslag`)
}

/** The assembly of the demo from its first item to its end. */
async function holdAssembly(): Promise<void> {
  const items = await query(
    'SELECT id, motion_id FROM agenda_items WHERE assembly_id = $1 ORDER BY position',
    [held],
  )
  await chair.get(`/alv/${held}`)
  await chair.post(`/alv/${held}/zaal/punt`, { punt: items[0].id })
  await decide(held, items[0].motion_id)
  await query(
    `UPDATE motions SET withdrawn_at = '2020-02-15T10:20:00+01:00', withdrawal_reason = 'Volgt later' WHERE id = $1`,
    [items[1].motion_id],
  )
  const ended = await chair.post(`/alv/${held}/sluiting`)
  expect(ended.status, ended.text).toBe(303)
}

describe('minutes', () => {
  it('from the log to two signatures, and known again by who was given them', async () => {
    const delegate = await browser.pageOf('lid-9', { viewport: SMALL })
    await delegate.goto(`/alv/${held}/notulen`)
    expect(await main(delegate)).toContain('De notulen zijn er nog niet')
    await expectAccessible(delegate)

    // The secretary is asked, and drafts from the log.
    const secretary = await browser.pageOf('secretaris', { viewport: SMALL })
    await secretary.goto('/mijn')
    await follow(secretary, 'Maak de notulen: Algemene ledenvergadering')
    await expectAccessible(secretary)
    await press(secretary, 'Maak het concept')
    expect(await heading(secretary)).toContain('Notulen van 15 februari 2020')
    const draft = await main(secretary)
    expect(draft).toContain('Stemmen: 2 voor, 1 tegen, 0 blanco.')
    expect(draft).toContain('Besluit 2020-01: aangenomen.')
    expect(draft).toContain('Behandeld van')
    expect(draft).toMatch(/Het voorstel is ingetrokken .* Reden: Volgt later\./)
    expect(draft).toMatch(/waren er \d+ aanwezig, 1 vertegenwoordigd/)
    await expectAccessible(secretary)
    await delegate.reload()
    expect(await main(delegate)).toContain('De notulen zijn er nog niet')

    await writeTogether(secretary)
    await offer(secretary)

    // Everyone reads them now; the corrected text says so.
    await delegate.reload()
    expect(await main(delegate)).toContain('Het werkplan is besproken.')
    expect(await main(delegate)).toContain('De tekst is aangepast')
    await expectAccessible(delegate)
    await press(secretary, 'Zet de nieuwe versie bij de agenda')
    await delegate.reload()
    expect(await main(delegate)).not.toContain('De tekst is aangepast')

    const [{ motion_id: motionId }] = await query('SELECT motion_id FROM minutes_offers')
    await decide(next, motionId)
    await secretary.goto(`/alv/${held}/notulen/bewerken`)
    expect(await main(secretary)).toContain('De ALV heeft deze notulen aangenomen')
    await expectAccessible(secretary)
    await secretary.goto('/mijn')
    await follow(secretary, /Leg vast dat de notulen zijn vastgesteld/)
    await press(secretary, 'Leg de vaststelling vast')
    await sign(secretary)
    const chairPage = await browser.pageOf('voorzitter')
    await chairPage.goto('/mijn')
    await follow(chairPage, /Onderteken de notulen/)
    await sign(chairPage)
    expect(await main(chairPage)).toContain('vastgesteld en ondertekend')
    expect(await main(chairPage)).toContain('Ondertekend door de secretaris')
    await expectAccessible(chairPage)

    await checkThem(delegate)
  })

  it('without JavaScript', async () => {
    const page = await browser.pageOf('secretaris', { javaScriptEnabled: false, viewport: SMALL })
    const [{ id }] = await query('SELECT id FROM minutes')
    await page.goto(`/notulen/${id}/controle`)
    await page.getByLabel('Controlegetal').fill('onzin')
    await press(page, 'Controleer')
    expect(await main(page)).toContain('Dit is geen controlegetal')
    expect(await page.getByLabel('Controlegetal').inputValue()).toBe('onzin')
  })

  it('in English, in the dark', async () => {
    const page = await browser.pageOf('secretaris', { viewport: LAPTOP, colorScheme: 'dark' })
    await page.goto(`/alv/${held}/notulen?taal=en`)
    expect(await heading(page)).toContain('Minutes of 15 February 2020')
    await expectAccessible(page)
    for (const path of ['bewerken', 'bewerken/opening', 'versies/1', 'versies/2']) {
      await page.goto(`/alv/${held}/notulen/${path}`)
      await expectAccessible(page)
    }
  })

  it('are not there for who may not see them, whatever the address looks like', async () => {
    const client = await test.client('lid-9')
    const unknown = '00000000-0000-7000-8000-000000000000'
    for (const path of [
      `/alv/${unknown}/notulen`,
      '/alv/x/notulen',
      `/alv/${unknown}/notulen.pdf`,
      `/notulen/${unknown}/controle`,
    ])
      expect((await client.get(path)).status, path).toBe(404)
    expect((await client.get(`/alv/${held}/notulen/versies/99`)).status).toBe(404)
    expect((await client.get(`/alv/${held}/notulen/bewerken`)).status).toBe(403)
    expect((await client.get(`/alv/${next}/notulen`)).text).toContain('De notulen komen er na afloop')
  })
})

/** Two browsers in the same part: the second is shown both texts, and loses nothing. */
async function writeTogether(secretary: Page): Promise<void> {
  await follow(secretary, 'Schrijf aan de notulen')
  await expectAccessible(secretary)
  await follow(secretary, /1\. Werkplan 2020/)
  await expectAccessible(secretary)
  const chairPage = await browser.pageOf('voorzitter')
  await chairPage.goto(secretary.url())
  await secretary.getByLabel('Wat er gezegd en besproken is').fill('Het werkplan is besproken.')
  await press(secretary, 'Bewaar')
  expect(await heading(secretary)).toBe('Schrijf aan de notulen')
  expect(await main(secretary)).toContain('Het werkplan is besproken.')
  await chairPage.getByLabel('Wat er gezegd en besproken is').fill('Het plan is toegelicht.')
  await press(chairPage, 'Bewaar')
  expect(await main(chairPage)).toContain('Iemand anders schreef intussen in dit deel')
  await expectAccessible(chairPage)
  await chairPage
    .getByLabel('Wat er gezegd en besproken is')
    .fill('Het werkplan is besproken. Het plan is toegelicht.')
  await press(chairPage, 'Bewaar')
  expect(await main(chairPage)).toContain('Het werkplan is besproken. Het plan is toegelicht.')
}

/** On the agenda of the next assembly, with one correction after it. */
async function offer(secretary: Page): Promise<void> {
  await secretary.goto(`/alv/${held}/notulen`)
  await press(secretary, 'Zet op de agenda')
  expect(await main(secretary)).toContain('Kies een vergadering')
  await expectAccessible(secretary)
  await secretary.getByLabel('Welke vergadering').selectOption(next)
  await press(secretary, 'Zet op de agenda')
  expect(await main(secretary)).toContain('ter vaststelling')
  await secretary.goto(`/alv/${held}/notulen/bewerken/closing`)
  await secretary.getByLabel('Wat er gezegd en besproken is').fill('Op verzoek verbeterd.')
  await press(secretary, 'Bewaar')
  await secretary.goto(`/alv/${next}`)
  expect(await main(secretary)).toContain('Notulen vaststellen: 15 februari 2020')
  expect(
    await secretary
      .getByRole('link', { name: /notulen-2020-02-15\.pdf|Notulen van 15 februari 2020/ })
      .count(),
  ).toBeGreaterThan(0)
  await follow(secretary, /Notulen van 15 februari 2020/)
  await secretary.goto(`/alv/${held}/notulen`)
}

async function sign(page: Page): Promise<void> {
  await press(page, 'Onderteken')
  await page.getByRole('link', { name: 'Zet een vinkje als u de notulen las en ondertekent.' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Ik las de notulen en onderteken ze.').check()
  await press(page, 'Onderteken')
}

/** The PDF as it is downloaded, the number, and a copy that somebody touched; also for a passer-by. */
async function checkThem(delegate: Page): Promise<void> {
  await delegate.goto(`/alv/${held}/notulen`)
  const [download] = await Promise.all([
    delegate.waitForEvent('download'),
    follow(delegate, 'Notulen als PDF'),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Buffer))
  const pdf = Buffer.concat(chunks)
  const [signed] = await query(`SELECT minutes_id AS id, sha256 FROM minutes_papers WHERE kind = 'signed'`)
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(signed.sha256)

  const passerBy = await browser.pageOf(null, { viewport: SMALL })
  await passerBy.goto(`/notulen/${signed.id}/controle`)
  await expectAccessible(passerBy)
  const send = async (content: Buffer) => {
    await passerBy
      .getByLabel('Of kies de PDF')
      .setInputFiles({ name: 'n.pdf', mimeType: 'application/pdf', buffer: content })
    await press(passerBy, 'Controleer')
    return main(passerBy)
  }
  expect(await send(pdf)).toContain('Dit zijn de ondertekende notulen')
  await expectAccessible(passerBy)
  expect(await send(Buffer.concat([pdf, Buffer.from('\n')]))).toContain('Dit is niet van deze notulen')
  await expectAccessible(passerBy)
  const [{ hash }] = await query('SELECT hash FROM minutes_approvals')
  await passerBy.getByLabel('Controlegetal').fill(hash.toUpperCase().replace(/(.{8})/g, '$1 '))
  await press(passerBy, 'Controleer')
  expect(await main(passerBy)).toContain('Dit zijn de ondertekende notulen')
}
