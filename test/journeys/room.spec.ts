import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  LAPTOP,
  PHONE,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'

let test: TestApp
let browser: TestBrowser
let alv: string

beforeAll(async () => {
  test = await startTestApp()
  browser = await TestBrowser.open(test.url)
  const [{ id }] = await test.database.owner.query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  alv = `/alv/${id}`
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
/** Waits for words that come without a reload. */
const sees = (page: Page, words: string | RegExp, timeout = 15_000) =>
  expect.poll(() => main(page), { timeout }).toMatch(words)
const inRoom = async (page: Page, path = 'zaal') => {
  await page.goto(`${alv}/${path}`)
  await page.evaluate('window.stayed = true')
  return page
}
const stayed = (page: Page) => page.evaluate<boolean>('window.stayed === true')

describe('the room', () => {
  it('the chair, two delegates and the screen in the hall see the same, without a reload', async () => {
    const chair = await inRoom(await browser.pageOf('voorzitter'))
    const speaker = await inRoom(await browser.pageOf('lid-9', { viewport: PHONE }))
    const late = await inRoom(await browser.pageOf('lid-44', { viewport: SMALL, colorScheme: 'dark' }))
    const screen = await inRoom(await browser.pageOf('secretaris', { viewport: LAPTOP }), 'scherm')
    for (const page of [chair, speaker, late, screen]) await expectAccessible(page)

    // The position on the agenda moves for everyone.
    await press(chair, 'Begin punt 1')
    for (const page of [speaker, late, screen]) await sees(page, /1\. Werkplan 2020/)
    await expectAccessible(chair)

    // One joins the room, both ask for the floor; the chair puts the second first.
    await sees(speaker, 'Het woord vragen')
    await press(speaker, 'Vraag het woord')
    await sees(speaker, 'U staat op plaats 1 van de lijst.')
    await press(late, 'Meld u aanwezig')
    await press(late, 'Vraag het woord')
    await sees(late, 'U staat op plaats 2 van de lijst.')
    await expectAccessible(late)
    await sees(chair, /Willen het woord.*Leid de vergadering.*2\. /)
    await sees(screen, 'Hierna:')
    await press(chair, /^Eerder/)
    await sees(late, 'U staat op plaats 1 van de lijst.')
    await sees(speaker, 'U staat op plaats 2 van de lijst.')
    await expectAccessible(chair)
    await press(chair, /^Geef het woord ?:/)
    await sees(late, 'U hebt het woord.')
    await sees(screen, 'Aan het woord:')
    await expectAccessible(screen)
    await keepScreenshot(screen, 'scherm-spreker')
    await press(chair, /is uitgesproken/)
    await sees(speaker, /Hebben gesproken/)
    await press(speaker, 'Trek uw verzoek in')
    await sees(chair, 'Niemand vraagt het woord.')
    await press(chair, 'Geef het woord')
    await chair.getByRole('link', { name: 'Kies een gast of vul een lidnummer in.' }).first().waitFor()
    await expectAccessible(chair)
    await inRoom(chair)

    // The poll opens and appears by itself.
    await speaker.evaluate('window.stayed = true')
    await press(chair, 'Open de stemming over punt 1')
    await sees(speaker, /Niet vastgelegd.*Stem voor/)
    expect(await stayed(speaker)).toBe(true)
    await sees(screen, '0 van de 51')
    expect(await stayed(screen)).toBe(true)
    await expectAccessible(speaker)
    await expectAccessible(screen)
    await follow(speaker, /^Stem voor/)
    await speaker.getByRole('radio', { name: /^Voor/ }).check()
    await press(speaker, 'Breng uw stem uit')
    await speaker.getByText('Uw stem is uitgebracht').first().waitFor()
    await follow(speaker, 'Terug naar de zaal')
    await sees(speaker, /Vastgelegd De stem van .* is vastgelegd om/)
    for (const page of [chair, late, screen]) await sees(page, '1 van de 51')
    await expectAccessible(speaker)
    await keepScreenshot(screen, 'scherm-stemming')

    // A connection that drops: said, tried again, and the state of then comes by itself.
    await speaker.evaluate('window.stayed = true')
    await speaker.context().setOffline(true)
    await sees(speaker, 'De verbinding is weg.')
    await expectAccessible(speaker)
    await press(chair, 'Sluit de stemming')
    await sees(screen, 'De stemming is gesloten')
    await sees(late, /Niet vastgelegd Voor .* is geen stem vastgelegd/)
    await speaker.context().setOffline(false)
    await sees(speaker, /De verbinding is er weer.*De stemming is gesloten/)
    expect(await stayed(speaker)).toBe(true)
    for (const page of [speaker, late, screen])
      expect(await main(page)).not.toMatch(/Aangenomen|uitgebrachte/)

    // The result, for everyone at once.
    await press(chair, 'Stel de uitslag vast')
    for (const page of [speaker, late, screen]) await sees(page, 'Aangenomen')
    expect(await stayed(screen)).toBe(true)
    for (const page of [chair, speaker, late, screen]) await expectAccessible(page)
    await keepScreenshot(screen, 'scherm-uitslag')
    await screen.setViewportSize(SMALL)
    await expectAccessible(screen)
  }, 240_000)

  it('a ballot whose answer got lost: the page finds out itself that it was recorded, or not', async () => {
    const chair = await test.client('voorzitter')
    const [motion] = await test.database.owner.query(
      `SELECT m.id FROM motions m LEFT JOIN polls p ON p.motion_id = m.id WHERE p.id IS NULL ORDER BY m.position LIMIT 1`,
    )
    const poll = (await chair.post(`${alv}/stemmingen`, { motion: motion.id })).location!
    const answerLost = await browser.pageOf('lid-10', { viewport: PHONE })
    await answerLost.goto(poll)
    await answerLost.route('**/stem', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await answerLost.getByRole('radio', { name: 'Tegen' }).check()
    await press(answerLost, 'Breng uw stem uit')
    await sees(answerLost, 'de verbinding is weg')
    await answerLost.getByText('Uw stem is uitgebracht').first().waitFor()

    const neverSent = await browser.pageOf('lid-11', { viewport: PHONE })
    await neverSent.goto(poll)
    await neverSent.context().setOffline(true)
    await neverSent.getByRole('radio', { name: /^Voor/ }).check()
    await press(neverSent, 'Breng uw stem uit')
    await sees(neverSent, 'de verbinding is weg')
    await neverSent.context().setOffline(false)
    await sees(neverSent, 'Uw stem is niet vastgelegd.')
    await expectAccessible(neverSent)
    await press(neverSent, 'Breng uw stem uit')
    await neverSent.getByText('Uw stem is uitgebracht').first().waitFor()
    const again = await test.client('lid-11')
    expect((await again.get(`${poll}/bevestiging`)).text).toContain('vastgelegd')
    await chair.get(poll)
    await chair.post(`${poll}/sluiting`)
    await chair.post(`${poll}/uitslag`)
  })

  it('a server that is away for a while: the room says so and goes on with the new one', async () => {
    const own = await startTestApp()
    const streams = await TestBrowser.open(own.url)
    try {
      const [{ id }] = await own.database.owner.query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
      const [{ item }] = await own.database.owner.query(
        'SELECT id AS item FROM agenda_items WHERE assembly_id = $1 ORDER BY position LIMIT 1',
        [id],
      )
      const page = await streams.pageOf('lid-9', { viewport: PHONE })
      await page.goto(`/alv/${id}/zaal`)
      await page.evaluate('window.stayed = true')
      await sees(page, 'geen agendapunt')
      const { port } = new URL(own.url)
      await own.app.close()
      await sees(page, 'De verbinding is weg.')
      const next = await startTestApp({ database: own.database, port: Number(port) })
      const chair = await next.client('voorzitter')
      await chair.post(`/alv/${id}/zaal/punt`, { punt: item })
      await sees(page, 'Nu: 1.', 30_000)
      await sees(page, 'De verbinding is er weer.')
      expect(await stayed(page)).toBe(true)
      await page.goto('about:blank')
      await next.stop()
    } finally {
      await streams.close()
      await own.database.drop()
    }
  })

  it('without JavaScript: the same room, the same acts, refreshed by hand', async () => {
    const options = { javaScriptEnabled: false, viewport: SMALL }
    const chair = await browser.pageOf('voorzitter', options)
    const delegate = await browser.pageOf('lid-12', options)
    await chair.goto(`${alv}/zaal`)
    await chair.getByLabel('Ander agendapunt').selectOption({ index: 0 })
    await press(chair, 'Ga daarheen')
    await delegate.goto(`${alv}/zaal`)
    expect(await main(delegate)).toContain('JavaScript uit staat')
    await press(delegate, 'Vraag het woord')
    expect(await main(delegate)).toContain('U staat op plaats 1 van de lijst.')
    await follow(chair, 'Ververs')
    await press(chair, /^Geef het woord ?:/)
    await follow(delegate, 'Ververs')
    expect(await main(delegate)).toContain('U hebt het woord.')
    await press(chair, /^Sluit punt/)
    expect(await main(chair)).toContain('geen agendapunt aan de orde')
    await expectAccessible(await browser.pageOf('lid-12', { viewport: SMALL }).then((page) => inRoom(page)))
  })
})
