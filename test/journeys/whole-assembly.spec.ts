import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, PHONE, press, TestBrowser } from '../support/browser.js'

let test: TestApp
let phones: TestBrowser
let laptops: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  phones = await TestBrowser.open(test.url)
  laptops = await TestBrowser.open(test.url)
})

afterAll(async () => {
  await phones?.close()
  await laptops?.close()
  await test?.stop()
})

/** Who does what: five delegates, of whom the holder has two proxies and one sits in the hall without a device. */
const [BY_LAPTOP, ON_PHONE, HOLDER, AGAINST, IN_HALL] = [1, 2, 3, 4, 5]
const PRINCIPALS = [6, 7]
/** They are there too, so that the quorum is. */
const ALSO_THERE = Array.from({ length: 12 }, (_, index) => index + 10)

interface Course {
  day: string
  javaScriptEnabled: boolean
}

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const pathOf = (page: Page) => new URL(page.url()).pathname
const memberId = async (number: number): Promise<string> =>
  (await query('SELECT id FROM members WHERE number = $1', [number]))[0].id

async function nameOf(number: number): Promise<string> {
  const [{ name }] = await query(
    `SELECT p.name FROM member_periods p JOIN members m ON m.id = p.member_id
     WHERE m.number = $1 AND upper_inf(p.known) AND upper_inf(p.holds)`,
    [number],
  )
  return name
}

/** Waits for words: they come by themselves, and without JavaScript by a refresh. */
async function sees(page: Page, words: string | RegExp, { javaScriptEnabled }: Course): Promise<void> {
  await expect
    .poll(
      async () => {
        if (!javaScriptEnabled) await page.reload()
        return main(page)
      },
      { timeout: 20_000 },
    )
    .toMatch(words)
}

async function clockTo(day: string, time: string): Promise<void> {
  const clock = await test.client()
  await clock.get('/demo')
  expect((await clock.post('/demo/klok', { day, time })).status).toBe(303)
}

/** The secretary plans it with two items and convenes the members. @returns its path */
async function convene(secretary: Page, { day }: Course): Promise<string> {
  await secretary.goto('/alv/nieuw')
  await secretary.getByLabel('Naam van de vergadering').fill(`Ledenvergadering van ${day}`)
  await secretary.getByRole('radio', { name: /^gewone vergadering/i }).check()
  await secretary.getByLabel('Dag').fill(day)
  await secretary.getByLabel('Begint om').fill('19:30')
  await secretary.getByLabel('Plaats').fill('Podium Oost')
  await press(secretary, 'Plan de vergadering')
  const items = secretary.locator('.samen-order__text > a')
  for (const [type, title] of [
    ['ter informatie', 'Opening'],
    ['besluit', 'Huisstijl'],
  ] as const) {
    await secretary.getByLabel('Soort punt').selectOption({ label: type })
    await secretary.getByLabel('Onderwerp').fill(title)
    await secretary.getByLabel('Toelichting').fill(`Dit gaat over ${title.toLowerCase()}.`)
    if (type === 'besluit') {
      await secretary.getByLabel('Vraag aan de vergadering').fill('Stelt de ALV de huisstijl vast?')
      await secretary.getByLabel('Soort besluit').selectOption({ label: 'gewoon besluit' })
    }
    await press(secretary, 'Voeg toe')
    await items.filter({ hasText: title }).waitFor()
  }
  const alv = pathOf(secretary).replace(/\/agenda$/, '')
  await secretary.goto(`${alv}/oproeping`)
  await press(secretary, 'Roep de leden op')
  await secretary.getByText(/Naar \d+ geadresseerden/).waitFor()
  return alv
}

/** Two members ask the holder, who takes both proxies on. */
async function giveProxies(holder: Page, alv: string, course: Course): Promise<void> {
  for (const number of PRINCIPALS) {
    const principal = await laptops.pageOf(`lid-${number}`, course)
    await principal.goto(`${alv}/volmachten`)
    await principal.getByLabel('Wie stemt voor u').selectOption({ label: await nameOf(HOLDER!) })
    await press(principal, 'Geef de volmacht')
    await principal.context().close()
  }
  await holder.goto(`${alv}/volmachten`)
  for (const number of PRINCIPALS)
    await press(holder, new RegExp(`^Neem de volmacht van ${await nameOf(number)}`))
}

/** Four check themselves in, the secretary checks in the hall. */
async function gather(pages: Page[], alv: string): Promise<void> {
  for (const page of pages) {
    await page.goto(alv)
    await press(page, 'Meld u aanwezig')
  }
  for (const number of [BY_LAPTOP, AGAINST]) {
    const delegate = await test.client(`lid-${number}`)
    await delegate.get(alv)
    expect((await delegate.post(`${alv}/aanwezigheid`)).status).toBe(303)
  }
  const secretary = await test.client('secretaris')
  await secretary.get(`${alv}/aanwezigen`)
  for (const number of [IN_HALL!, ...ALSO_THERE])
    expect((await secretary.post(`${alv}/aanwezigen`, { in: await memberId(number) })).status).toBe(303)
}

/** By request, without a page in a browser. */
async function castBy(number: number, poll: string, choice: string): Promise<void> {
  const delegate = await test.client(`lid-${number}`)
  await delegate.get(poll)
  const answer = await delegate.post(`${poll}/stem`, { member: await memberId(number), choice })
  expect(answer.status).toBe(303)
}

async function vote(people: { phone: Page; holder: Page; secretary: Page }, poll: string): Promise<void> {
  const { phone, holder, secretary } = people
  await phone.goto(poll)
  await phone.getByRole('radio', { name: /^Voor/ }).check()
  await press(phone, 'Breng uw stem uit')
  await phone.getByRole('heading', { name: 'Uw stem is uitgebracht' }).waitFor()
  await holder.goto(poll)
  await holder.getByRole('radio', { name: /^Voor/ }).check()
  await press(holder, 'Stem hetzelfde voor alle 3')
  await holder.getByText('Uw 3 stemmen zijn vastgelegd.').waitFor()
  await castBy(BY_LAPTOP!, poll, 'blank')
  await castBy(AGAINST!, poll, 'against')
  await secretary.goto(`${poll}/invoer`)
  await secretary.getByLabel('Voor welk lid').selectOption({ label: await nameOf(IN_HALL!) })
  await secretary.getByRole('radio', { name: /^Voor/ }).check()
  await press(secretary, 'Leg de stem vast')
  await secretary.getByText(`Vastgelegd voor ${await nameOf(IN_HALL!)}`).waitFor()
}

describe('a whole assembly, from convocation to minutes', () => {
  it.each<[string, Course]>([
    ['on live pages', { day: '2020-03-14', javaScriptEnabled: true }],
    ['without JavaScript', { day: '2020-04-18', javaScriptEnabled: false }],
  ])(
    '%s',
    async (_, course) => {
      const look = { javaScriptEnabled: course.javaScriptEnabled }
      const secretary = await laptops.pageOf('secretaris', look)
      const holder = await laptops.pageOf(`lid-${HOLDER}`, look)
      const phone = await phones.pageOf(`lid-${ON_PHONE}`, { ...look, viewport: PHONE })
      const chair = await laptops.pageOf('voorzitter', look)
      const alv = await convene(secretary, course)
      await giveProxies(holder, alv, course)

      await clockTo(course.day, '19:31')
      await gather([phone, holder], alv)
      for (const page of [phone, holder, chair]) await page.goto(`${alv}/zaal`)
      await sees(phone, 'Aanwezig of vertegenwoordigd: 19 van 51', course)
      await press(chair, 'Begin punt 1')
      await sees(phone, /1\. Opening/, course)
      await press(chair, 'Begin punt 2')
      await sees(holder, /2\. Huisstijl/, course)
      await press(chair, 'Open de stemming over punt 2')
      await sees(phone, /Niet vastgelegd.*Stem voor/, course)
      if (course.javaScriptEnabled) for (const page of [phone, chair]) await expectAccessible(page)
      const [{ id }] = await query('SELECT id FROM polls ORDER BY opened_at DESC LIMIT 1')
      const poll = `/stemmingen/${id}`

      await vote({ phone, holder, secretary }, poll)
      await chair.goto(`${alv}/zaal`)
      await sees(chair, '7 van de 51', course)
      for (const page of [phone, holder]) await page.goto(`${alv}/zaal`)
      expect(await main(phone)).not.toMatch(/Aangenomen|Verworpen/)
      await press(chair, 'Sluit de stemming')
      await sees(phone, 'De stemming is gesloten', course)
      await press(chair, 'Stel de uitslag vast')
      for (const page of [phone, holder]) await sees(page, 'Aangenomen', course)
      await chair.goto(alv)
      await press(chair, 'Sluit de vergadering')
      await sees(chair, 'afgelopen', course)

      await secretary.goto(`${alv}/notulen`)
      await press(secretary, 'Maak het concept')
      await sees(secretary, 'Stemmen: 5 voor, 1 tegen, 1 blanco.', course)
      const minutes = await main(secretary)
      expect(minutes).toMatch(/waren er 17 aanwezig, 2 vertegenwoordigd/)
      expect(minutes).toMatch(/Besluit 2020-\d\d: aangenomen\./)
      expect(minutes).toContain('Stelt de ALV de huisstijl vast?')
      for (const page of [secretary, holder, phone, chair]) await page.context().close()
    },
    240_000,
  )
})
