import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  PHONE,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'
import { samplePdf } from '../support/sample-files.js'

const ALV = '00000000-0000-7000-8000-0000000000a1'
const MOTIONS = [
  '00000000-0000-7000-8000-0000000000b1',
  '00000000-0000-7000-8000-0000000000b2',
  '00000000-0000-7000-8000-0000000000b3',
]
const TITLES = ['Werkplan 2021', 'Begroting 2021', 'Contributie 2021']

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'Voorjaarsvergadering', 'extraordinary', '2020-03-10', '2020-03-10T19:30:00+01:00', 'Zaal', '2020-02-10')`,
    [ALV],
  )
  for (const [at, title] of TITLES.entries())
    await query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       VALUES ($1, $2, $3, $4, $5, 'Zie de stukken.', 'ordinary', '2020-02-10T09:00:00+01:00')`,
      [MOTIONS[at], ALV, at + 1, title, `Stemt de ALV in met: ${title}?`],
    )
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const pathOf = (page: Page) => new URL(page.url()).pathname

async function clockTo(day: string, time: string): Promise<void> {
  const clock = await test.client()
  await clock.get('/demo')
  expect((await clock.post('/demo/klok', { day, time })).status).toBe(303)
}

async function countOn(page: Page, numbers: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(numbers))
    await page.getByLabel(label, { exact: true }).fill(value)
  await press(page, 'Leg de telling vast')
}

const counted = { Voor: '20', Tegen: '4', Blanco: '1', Ongeldig: '0', 'Aanwezig of vertegenwoordigd': '30' }

describe('before, beside and after the digital poll', () => {
  it('votes in advance on a small phone without JavaScript, and only the voter sees it', async () => {
    const phone = await browser.pageOf('lid-1', { viewport: SMALL, javaScriptEnabled: false })
    await phone.goto(`/alv/${ALV}`)
    await follow(phone, /Stem vooraf.*Werkplan 2021/)
    await press(phone, 'Breng de stem uit')
    expect(await main(phone)).toContain('Kies voor, tegen of blanco')
    await phone.getByLabel('Voor', { exact: true }).check()
    await press(phone, 'Breng de stem uit')
    const text = await main(phone)
    expect(text).toMatch(/vastgelegd/i)
    expect(text).toContain('U stemde: Voor')
    const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0]
    // Again, with the form that is still open in another tab.
    const again = await test.client('lid-1')
    await again.get(`/voorstellen/${MOTIONS[0]}/vooraf-stemmen`)
    const [vote] = await query('SELECT member_id, text_hash FROM advance_ballots')
    const fields = { lid: vote.member_id, tekst: vote.text_hash, choice: 'against' }
    const refused = await again.post(`/voorstellen/${MOTIONS[0]}/vooraf-stemmen`, fields)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('is al vastgelegd')

    for (const who of ['voorzitter', 'secretaris', 'lid-2']) {
      const other = await test.client(who)
      for (const path of [`/alv/${ALV}`, `/voorstellen/${MOTIONS[0]}`, `/alv/${ALV}/zaal`]) {
        const page = (await other.get(path)).text
        expect(page).not.toContain(reference)
        expect(page).not.toMatch(/1 van de \d+ leden/)
      }
    }
    const seen = await browser.pageOf('lid-1', { viewport: SMALL })
    await seen.goto(`/voorstellen/${MOTIONS[0]}/vooraf-stemmen`)
    await expectAccessible(seen)
    await keepScreenshot(seen, 'advance-small')
    const other = await browser.pageOf('lid-2', { viewport: SMALL })
    await other.goto(`/voorstellen/${MOTIONS[1]}/vooraf-stemmen`)
    await expectAccessible(other)
  })

  it('is in the poll when the chair opens it; without a quorum a second assembly is called', async () => {
    await clockTo('2020-03-10', '19:40')
    const chair = await browser.pageOf('voorzitter', { viewport: PHONE })
    await chair.goto(`/voorstellen/${MOTIONS[0]}`)
    await expectAccessible(chair)
    await press(chair, /Open de stemming over punt/)
    const poll = pathOf(chair)
    const voter = await browser.pageOf('lid-1', { viewport: SMALL })
    await voter.goto(poll)
    expect(await main(voter)).toContain('vooraf gestemd op')
    await chair.goto(poll)
    await press(chair, 'Sluit de stemming')
    await press(chair, 'Stel de uitslag vast')
    expect(await main(chair)).toContain('Het quorum is niet gehaald')
    await expectAccessible(chair)

    const secretary = await browser.pageOf('secretaris', { viewport: SMALL, javaScriptEnabled: false })
    await secretary.goto(poll)
    await follow(secretary, 'Roep een tweede vergadering bijeen')
    await secretary.getByLabel('Dag').fill('2020-05-01')
    await secretary.getByLabel(/^(Begin|Tijd|Hoe laat|Om)/).fill('20:00')
    await press(secretary, 'Plan de tweede vergadering')
    expect(await main(secretary)).toContain('De tweede vergadering is uiterlijk op')
    await secretary.getByLabel('Dag').fill('2020-03-30')
    await press(secretary, 'Plan de tweede vergadering')
    expect(pathOf(secretary)).toMatch(/\/agenda$/)
    await chair.goto(poll)
    await follow(chair, 'Naar de tweede vergadering over dit voorstel')
    expect(await main(chair)).toContain('Daarom is nu geen quorum nodig')
    await expectAccessible(chair)
  })

  it('counts on paper under four eyes', async () => {
    const chair = await browser.pageOf('voorzitter', { viewport: SMALL })
    await chair.goto(`/voorstellen/${MOTIONS[1]}`)
    const client = await test.client('secretaris')
    for (const path of [`/voorstellen/${MOTIONS[1]}/stembiljetten.pdf`, `/alv/${ALV}/presentielijst.pdf`]) {
      const answer = await client.get(path)
      expect([answer.status, answer.text.slice(0, 5)]).toEqual([200, '%PDF-'])
    }
    await chair.getByText('Stemmen op papier').click()
    await expectAccessible(chair)
    await press(chair, /Open een stemming op papier over punt/)
    const poll = pathOf(chair)
    const voter = await test.client('lid-3')
    expect((await voter.get(poll)).text).toContain('Lever uw stembriefje in bij de secretaris')
    expect((await voter.get(poll)).text).not.toContain('name="choice"')
    await press(chair, 'Sluit de stemming')
    await follow(chair, 'Naar de telling op papier')
    await expectAccessible(chair)

    const secretary = await browser.pageOf('secretaris', { viewport: SMALL, javaScriptEnabled: false })
    await secretary.goto(`${poll}/papier`)
    await countOn(secretary, { ...counted, Tegen: 'vier' })
    expect(await main(secretary)).toContain('Vul een heel getal in, 0 of meer.')
    await countOn(secretary, counted)
    expect(await main(secretary)).toContain('Nu is de ander aan de beurt')

    // Blind: the director doesn't see the secretary's numbers.
    const director = await browser.pageOf('bestuurder', { viewport: SMALL })
    await director.goto(`${poll}/papier`)
    expect(await director.getByRole('table').count()).toBe(0)
    await countOn(director, { ...counted, Voor: '19' })
    expect(await main(director)).toContain('De tellingen verschillen')
    await expectAccessible(director)
    await keepScreenshot(director, 'paper-differs-small')
    await countOn(director, counted)
    await secretary.goto(`${poll}/papier`)
    await countOn(secretary, counted)
    expect(await main(secretary)).toContain('De tellingen zijn gelijk')
    await secretary
      .getByLabel('Scan of foto van het ondertekende telblad')
      .setInputFiles({ name: 'telblad.pdf', mimeType: 'application/pdf', buffer: samplePdf('Telblad') })
    await press(secretary, 'Voeg het telblad toe')
    await chair.goto(`${poll}/papier`)
    await expectAccessible(chair)
    await press(chair, 'Stel de uitslag vast')
    expect(pathOf(chair)).toBe(poll)
    expect(await main(chair)).toContain('op papier geteld')
    expect(await main(chair)).toContain('telblad.pdf')
    await expectAccessible(chair)
    await keepScreenshot(chair, 'paper-result-small')
  })

  it('is adjourned to another day, and goes on there', async () => {
    const chair = await browser.pageOf('voorzitter', { viewport: SMALL })
    await chair.goto(`/alv/${ALV}`)
    await follow(chair, 'Schors de vergadering')
    await expectAccessible(chair)
    await chair.getByLabel('Verder op').fill('2020-03-12')
    await chair.getByLabel('Om', { exact: true }).fill('20:00')
    await press(chair, 'Schors de vergadering')
    expect(await main(chair)).toContain('Vul dit veld in')
    await chair.getByLabel('Waarom schorst u?').fill('Het is laat.')
    await press(chair, 'Schors de vergadering')
    expect(await main(chair)).toContain('Geschorst tot')
    await expectAccessible(chair)
    expect(await chair.getByRole('button', { name: /Open de stemming/ }).count()).toBe(0)
    await chair.goto(`/alv/${ALV}/zaal`)
    expect(await main(chair)).toContain('Geschorst tot')
    await clockTo('2020-03-12', '20:01')
    await chair.goto(`/alv/${ALV}`)
    expect(await chair.getByRole('button', { name: /Open de stemming/ }).count()).toBeGreaterThan(0)
  })
})
