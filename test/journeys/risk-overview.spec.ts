import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, SMALL, TestBrowser } from '../support/browser.js'
import type { HttpClient } from '../support/http-client.js'

const PATH = '/garanties/overzicht'

let samen: TestApp
let browser: TestBrowser
let director: HttpClient

beforeAll(async () => {
  samen = await startTestApp()
  browser = await TestBrowser.open(samen.url)
  director = await samen.client('bestuurder')
})

afterAll(async () => {
  await browser?.close()
  await samen?.stop()
})

/** What a page says, without marks. */
const words = (html: string) =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

/** The part of the page that answers "what if", as one line. */
async function answerOn(page: Page): Promise<string> {
  return ((await page.locator('form[data-what-if]').textContent()) ?? '').replace(/\s+/g, ' ')
}

describe('the overview of the risk', () => {
  it('answers on one page who guarantees, whether it is covered, and what the wijken expect', async () => {
    const { status, text } = await director.get(`${PATH}?jaar=2019&per=2019-12-31`)
    expect(status).toBe(200)
    const shown = words(text)
    expect(shown).toContain('€ 500.000 van de € 600.000 is gedekt')
    expect(shown).toMatch(/Nee, er is nog € 100\.000 nodig/)
    expect(shown).toMatch(/Zorgbelang.{0,40} draagt 96,0% van de dekking/)
    expect(shown).toContain('Van de marge van € 120.691')
    expect(shown).toMatch(/Bij deze prognose (blijft|wordt) € [\d.,]+/)
  })

  it('is for who directs and checks; a member sees its own part elsewhere', async () => {
    for (const who of ['voorzitter', 'controller', 'kascommissie', 'teamleider', 'ambassadeur'])
      expect((await (await samen.client(who)).get(PATH)).status, who).toBe(200)
    const member = await samen.client('lid-1')
    expect((await member.get(PATH)).status).toBe(403)
    expect((await member.get('/garanties')).text).not.toContain(PATH)
    expect((await director.get('/garanties')).text).toContain(`href="${PATH}`)
  })

  it('goes back to any day, and says so when it is none', async () => {
    const before = words((await director.get(`${PATH}?per=2018-01-01`)).text)
    expect(before).toContain('stond nog niemand garant')
    expect(before).toContain('De garanties staan hier zoals op 1 januari 2018.')
    expect(words((await director.get(`${PATH}?per=gisteren`)).text)).toContain('Die dag kennen wij niet')
    expect((await director.get(`${PATH}?jaar=1999`)).status).toBe(404)
    expect((await director.get(`${PATH}?jaar=2019&jaar=2018&per=a&per=b&verlies=1&verlies=2`)).status).toBe(
      200,
    )
  })

  it('says what is wrong with an amount that it can not read', async () => {
    const { text } = await director.get(`${PATH}?verlies=veel`)
    expect(words(text)).toContain('Wij kunnen dit bedrag niet lezen')
    expect(text).toMatch(/name="verlies"[^>]*value="veel"|value="veel"[^>]*name="verlies"/)
    expect(words((await director.get(`${PATH}?verlies=-5`)).text)).toContain('€ 0 of meer')
  })

  it('gives the same figures with and without JavaScript, also without who falls away', async () => {
    const plain = await browser.pageOf('bestuurder', { javaScriptEnabled: false })
    const live = await browser.pageOf('bestuurder')
    await live.goto(PATH)
    await expect.poll(() => live.locator('[data-slider]').isVisible()).toBe(true)

    await plain.goto(PATH)
    await plain.fill('[name="verlies"]', '150.000')
    await plain.click('form[data-what-if] button')
    await live.fill('[name="verlies"]', '150.000')
    expect(await plain.locator('[data-holder]').first().textContent()).toMatch(/€\s28\.136,64/)
    expect(await answerOn(live)).toBe(await answerOn(plain))

    // A loss above everything, typed to the cent, and the largest holder falls away.
    await plain.fill('[name="verlies"]', '175.000,01')
    await plain.locator('[name="zonder"]').first().check()
    await plain.click('form[data-what-if] button')
    await live.fill('[name="verlies"]', '175.000,01')
    await live.locator('[name="zonder"]').first().check()
    const answer = await answerOn(plain)
    expect(answer).toContain('De garanties zijn niet genoeg')
    expect(await answerOn(live)).toBe(answer)

    // The address follows, so a reload says the same.
    await live.reload()
    await expect.poll(() => live.locator('[data-slider]').isVisible()).toBe(true)
    expect(await answerOn(live)).toBe(answer)
    await plain.context().close()
    await live.context().close()
  })

  it('slides by keyboard, and fits the smallest phone', async () => {
    const page = await browser.pageOf('bestuurder', { viewport: SMALL })
    await page.goto(`${PATH}?verlies=0`)
    await page.focus('#verlies-schuif')
    await page.keyboard.press('ArrowRight')
    expect(await page.inputValue('[name="verlies"]')).toBe('1.000')
    expect(await page.locator('[data-out="margin"]').textContent()).toMatch(/€\s1\.000,00/)
    await expectAccessible(page)
    await page.context().close()
  })

  it('goes along as a file: holders as CSV, everything as Excel and PDF', async () => {
    const csv = await director.get(`${PATH}.csv?jaar=2019&per=2019-12-31&verlies=150.000`)
    expect(csv.status).toBe(200)
    const [head, first] = csv.text.split('\r\n')
    expect(head).toMatch(/Lidnummer;Lid;Toegezegd;.*;Betaalt;Uit storting;Maakt over$/)
    expect(first).toMatch(/^52;[^;]*Zorgbelang[^;]*;480000;480000;0;0;0;0;96;28136,64;0;28136,64$/)
    expect((await director.get(`${PATH}.xlsx`)).text.slice(0, 2)).toBe('PK')
    expect((await director.get(`${PATH}.pdf?verlies=150.000&zonder=52`)).text.slice(0, 5)).toBe('%PDF-')
  })
})
