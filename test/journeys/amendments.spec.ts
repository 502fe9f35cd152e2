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

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const heading = async (page: Page) => ((await page.locator('h1').textContent()) ?? '').trim()
const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const pathOf = (page: Page) => new URL(page.url()).pathname
const alvPath = async () =>
  `/alv/${(await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1'))[0].id}`

const TEXT =
  'De coöperatie opent in **elke wijk** een spreekuur.\n\n- Het begint in maart.\n- Het kost niets.'

async function submit(page: Page, title: string): Promise<string> {
  await page.goto(`${await alvPath()}/voorstellen/nieuw`)
  await page.getByLabel('Onderwerp').fill(title)
  await page.getByLabel('Vraag aan de vergadering').fill(`Stemt de ALV in met: ${title}?`)
  await page.getByLabel('De tekst van het voorstel').fill(TEXT)
  await page.getByLabel('Toelichting').fill('Veel bewoners vinden ons niet.')
  await press(page, 'Dien het voorstel in')
  return pathOf(page)
}

async function amend(page: Page, motion: string, text: string): Promise<string> {
  await page.goto(motion)
  await follow(page, 'Stel een wijziging voor')
  await page.getByLabel('De tekst met uw wijziging').fill(text)
  await page.getByLabel('Toelichting').fill('Dat is haalbaar.')
  await press(page, 'Dien het amendement in')
  return pathOf(page)
}

/** The chair closes and declares the poll; three phones have voted before. */
async function voteAndDeclare(chair: Page, choice: 'for' | 'against'): Promise<void> {
  const poll = pathOf(chair)
  for (const who of ['lid-1', 'lid-2', 'lid-3']) {
    const voter = await test.client(who)
    const { text } = await voter.get(poll)
    const member = /name="member" value="([^"]+)"/.exec(text)![1]!
    expect((await voter.post(`${poll}/stem`, { member, choice })).status).toBe(303)
  }
  await chair.goto(poll)
  await press(chair, 'Sluit de stemming')
  await press(chair, 'Stel de uitslag vast')
}

describe('a motion is amended before it is decided', () => {
  it('submitted and amended on phones, ordered by the chair, decided as amended', async () => {
    const alv = await alvPath()
    const chair = await laptops.pageOf('voorzitter')
    const proposer = await phones.pageOf('lid-1', { viewport: PHONE })

    // In the assembly only when the chair allows it.
    await proposer.goto(`${alv}/voorstellen/nieuw`)
    expect(await main(proposer)).toContain('Vraag de voorzitter om voorstellen toe te laten')
    await expectAccessible(proposer)
    await chair.goto(alv)
    await press(chair, 'Laat voorstellen toe')
    await expectAccessible(chair)

    await proposer.goto(`${alv}/voorstellen/nieuw`)
    await press(proposer, 'Dien het voorstel in')
    await proposer.getByRole('link', { name: 'Vul dit veld in.' }).first().waitFor()
    await expectAccessible(proposer)
    const motion = await submit(proposer, 'Spreekuur in elke wijk')
    expect(await heading(proposer)).toBe('Spreekuur in elke wijk')
    expect(await proposer.locator('.samen-rich strong').textContent()).toBe('elke wijk')
    expect(await proposer.locator('.samen-rich li').count()).toBe(2)
    await expectAccessible(proposer)

    // Two others change it; a third changes its mind.
    const second = await phones.pageOf('lid-2', { viewport: SMALL })
    const april = await amend(second, motion, TEXT.replace('maart', 'april'))
    expect(await second.locator('.samen-difference del').textContent()).toContain('maart')
    expect(await second.locator('.samen-difference ins').textContent()).toContain('toegevoegd: april')
    await expectAccessible(second)
    const third = await phones.pageOf('lid-3', { viewport: SMALL, colorScheme: 'dark' })
    const more = await amend(third, motion, TEXT.replace('niets', 'een bijdrage naar vermogen'))
    await expectAccessible(third)
    await keepScreenshot(third, 'amendment-phone-dark')
    const gone = await amend(third, motion, `${TEXT}\n- Er is koffie.`)
    await press(third, 'Trek het amendement in')
    expect(await main(third)).toContain('ingetrokken')
    await expectAccessible(third)

    // The chair orders them; the motion waits, and so does the one that is not first.
    await chair.goto(motion)
    await press(chair, 'Omhoog Amendement 2')
    expect(await chair.locator('.samen-order__text a').allTextContents()).toEqual([
      'Amendement 2',
      'Amendement 1',
      'Amendement 3',
    ])
    await expectAccessible(chair)
    expect(await chair.getByRole('button', { name: 'Open de stemming over punt' }).count()).toBe(0)
    await chair.goto(alv)
    expect(await main(chair)).toContain('Eerst wordt over 2 amendementen beslist.')
    await chair.goto(april)
    expect(await chair.getByRole('button', { name: 'Open de stemming' }).count()).toBe(0)

    await chair.goto(more)
    await press(chair, 'Open de stemming over dit amendement')
    expect(await main(chair)).toContain('Wat er verandert als u voor stemt')
    await expectAccessible(chair)
    await voteAndDeclare(chair, 'for')
    expect(await main(chair)).toContain('Amendement 2: Spreekuur in elke wijk')
    await expectAccessible(chair)

    await chair.goto(april)
    expect(await main(chair)).toContain(
      'De tekst van het voorstel is veranderd nadat dit amendement is ingediend',
    )
    await press(chair, 'Open de stemming over dit amendement')
    await voteAndDeclare(chair, 'for')

    // The motion as amended.
    await proposer.goto(motion)
    expect(await main(proposer)).toContain('Tekst gewijzigd door amendement 1')
    await proposer.getByText('Wat er aan de tekst is veranderd sinds het indienen').click()
    expect(await proposer.locator('.samen-difference ins').allTextContents()).toHaveLength(2)
    await expectAccessible(proposer)
    await keepScreenshot(proposer, 'motion-amended-phone')
    await chair.goto(motion)
    await press(chair, /Open de stemming over punt/)
    expect(await main(chair)).toContain('Het begint in april.')
    await voteAndDeclare(chair, 'for')
    await chair.getByRole('link', { name: /Besluit \d{4}-\d+/i }).click()
    expect(await main(chair)).toContain('Het begint in april.')
    expect(await main(chair)).toContain('een bijdrage naar vermogen')
    await expectAccessible(chair)
    await third.goto(gone)
    expect(await main(third)).toContain('Er is koffie.')
  })

  it('without JavaScript: changed, amended against an old text, set aside, withdrawn', async () => {
    const noScript = { javaScriptEnabled: false, viewport: SMALL }
    const chair = await laptops.pageOf('voorzitter', { javaScriptEnabled: false })
    await query('UPDATE assemblies SET motions_allowed_at = coalesce(motions_allowed_at, now())')
    const proposer = await phones.pageOf('lid-5', noScript)
    const motion = await submit(proposer, 'Nieuwe huisstijl')
    await follow(proposer, 'Wijzig het voorstel')
    await proposer.getByLabel('De tekst van het voorstel').fill('De huisstijl wordt groen.')
    await press(proposer, 'Bewaar de wijziging')
    expect(await main(proposer)).toContain('Tekst gewijzigd door de indiener')

    // An amendment without a change is sent back, and what was typed stays.
    const other = await phones.pageOf('lid-6', noScript)
    await other.goto(`${motion}/amendementen/nieuw`)
    await other.getByLabel('Toelichting').fill('Blauw past beter.')
    await press(other, 'Dien het amendement in')
    expect(await main(other)).toContain('U hebt niets aan de tekst veranderd')
    expect(await other.getByLabel('Toelichting').inputValue()).toBe('Blauw past beter.')
    await other.getByLabel('De tekst met uw wijziging').fill('De huisstijl wordt blauw.')
    await press(other, 'Dien het amendement in')
    const blue = pathOf(other)
    expect(await main(other)).toContain('Amendement 1: Nieuwe huisstijl')

    await chair.goto(blue)
    await chair.locator('summary', { hasText: 'Laat dit amendement vervallen' }).click()
    await press(chair, 'Laat het vervallen')
    expect(await main(chair)).toContain('Vul dit veld in.')
    await chair.getByLabel('Reden').fill('Kleuren kiest het bestuur.')
    await press(chair, 'Laat het vervallen')
    expect(await main(chair)).toContain('vervallen')
    expect(await main(chair)).toContain('Kleuren kiest het bestuur.')

    await proposer.goto(motion)
    await proposer.locator('summary', { hasText: 'Trek dit voorstel in' }).click()
    await proposer.getByLabel('Reden').fill('Er is geen geld voor.')
    await press(proposer, 'Trek het voorstel in')
    expect(await main(proposer)).toContain('Er is geen geld voor.')
    await proposer.goto(await alvPath())
    expect(await main(proposer)).not.toContain('Nieuwe huisstijl')
  })

  it('a change of the statutes waits for its deed', async () => {
    const chair = await laptops.pageOf('voorzitter')
    const [{ id }] = await query(
      `SELECT m.id FROM motions m LEFT JOIN polls p ON p.motion_id = m.id WHERE p.id IS NULL AND m.title = 'Werkplan 2020'`,
    )
    await query(`UPDATE motions SET decision_type = 'statuteChange' WHERE id = $1`, [id])
    await chair.goto(`/voorstellen/${id}`)
    await press(chair, /Open de stemming over punt/)
    await voteAndDeclare(chair, 'for')
    expect(await main(chair)).toContain('Aangenomen, nog niet van kracht')
    await expectAccessible(chair)
    const secretary = await laptops.pageOf('secretaris')
    await secretary.goto('/besluiten')
    expect(await main(secretary)).toContain('aangenomen, nog niet van kracht')
    await secretary
      .getByRole('row', { name: /Werkplan 2020/ })
      .getByRole('link')
      .first()
      .click()
    await press(secretary, 'Leg de akte vast')
    await secretary.getByRole('link', { name: 'Vul dit veld in.' }).first().waitFor()
    await expectAccessible(secretary)
    await secretary.getByLabel('Dag van de akte').fill('2020-02-15')
    await secretary.getByLabel('Notaris').fill('mr. A. Jansen, Utrecht')
    await press(secretary, 'Leg de akte vast')
    expect(await main(secretary)).toContain('Akte van 15 februari 2020')
    expect(await main(secretary)).toContain('Van kracht')
    await expectAccessible(secretary)
  })
})
