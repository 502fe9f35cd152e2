import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BankLines, Matching } from '#bank'
import { CallIssuing, CallProposing } from '#guarantee-calls'
import { Clock } from '#platform'
import { MarginUses } from '#risk-margin'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, SMALL, TestBrowser } from '../support/browser.js'
import { decideOn, visitorOf } from '../support/closed-year.js'
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
    expect(before).toContain('Alles op deze pagina staat er zoals het op 1 januari 2018 was.')
    expect(before).toContain('Op 1 januari 2018 was de marge nog niet apart gezet in de boeken.')
    expect(before).toContain('Op 1 januari 2018 waren er voor dit jaar nog geen afspraken met wijken.')
    expect(words((await director.get(PATH)).text)).not.toContain('Alles op deze pagina')
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

/**
 * A use of the margin on 1 June 2019 and one by mistake, undone on 15 April 2020; a call that went out on 15 February
 * 2020 and was paid on 10 April, after the last reminder.
 */
describe('the overview of another day', () => {
  let director: HttpClient
  const shown = async (day: string, more = '') =>
    words((await director.get(`${PATH}?jaar=2019&per=${day}${more}`)).text)

  beforeAll(async () => {
    const { app, database } = samen
    const get = <T>(token: new (...args: never[]) => T): T => app.get(token, { strict: false })
    const clockTo = (day: string) => get(Clock).moveTo(new Date(`${day}T12:00:00Z`))
    const [who, controller, chair] = await Promise.all(
      ['bestuurder', 'controller', 'voorzitter'].map((one) => visitorOf(app, one)),
    )
    const use = (cents: bigint, onDay: string, reason: string) =>
      get(MarginUses).use(who!, 2019, {
        ...{ cents, onDay, reason, document: reason, decision: null },
        ...{ paidFrom: 'creditor', requestKey: randomUUID() },
      })
    await use(1_000_000n, '2019-06-01', 'Waterschade')
    const { id: useId } = await use(500_000n, '2019-07-01', 'Inbraak')
    const [assembly] = await database.owner.query('SELECT id FROM assemblies ORDER BY held_on')
    const request = { year: 2019, amountCents: 10_000_000n, reason: 'Een tekort' }
    const { id } = await get(CallProposing).propose(who!, request, assembly.id, randomUUID())
    await decideOn(app, 'guaranteeCall', 'for', id)
    await get(CallIssuing).issue(who!, id)
    await clockTo('2020-04-10')
    const cents = 9_600_000n
    const line = { bookedOn: '2020-04-10', cents, counterpartyName: 'Zorgbelang', counterpartyIban: '' }
    const { id: lineId } = await get(BankLines).enter(controller!, {
      ...{ ...line, description: 'AS-2019-1-52', requestKey: randomUUID() },
    })
    const item = { kind: 'guaranteeCall', itemId: 'AS-2019-1-52', cents }
    await get(Matching).propose(controller!, lineId, [item], randomUUID())
    await get(Matching).confirm(chair!, (await get(BankLines).proposals(lineId))[0]!.id)
    await clockTo('2020-04-15')
    await get(MarginUses).reverse(who!, 2019, useId, 'Dubbele factuur')
    director = await samen.client('bestuurder')
  })

  it('is from before a call, after it, when it was not paid in time, and after it was paid', async () => {
    const before = await shown('2020-02-14')
    expect(before).toContain(
      'Op 14 februari 2020 was er over dit jaar nog niets van de garanties aangesproken.',
    )
    expect(before).not.toContain('AS-2019-1')
    const called = await shown('2020-02-15')
    expect(called).toMatch(
      /AS-2019-1 .{0,80}verstuurd .{0,60}€ 100\.000,00 .{0,60}€ 4\.000,00 .{0,60}€ 96\.000,00/,
    )
    expect(called).toContain('€ 100.000, waarvan € 4.000 is betaald.')
    const late = await shown('2020-03-31')
    expect(late).toContain('1 lid is in gebreke: € 96.000,00 is na de laatste herinnering niet betaald')
    const paid = await shown('2020-04-10')
    expect(paid).not.toContain('in gebreke')
    expect(paid).toMatch(
      /AS-2019-1 .{0,80}afgehandeld .{0,60}€ 100\.000,00 .{0,60}€ 100\.000,00 .{0,60}€ 0,00/,
    )
    expect(paid).toContain('€ 100.000, waarvan € 100.000 is betaald.')
  })

  it('is from before a use of the margin, after it, and after it was undone', async () => {
    expect(await shown('2019-05-31')).toContain('is € 0 gebruikt. Er is € 120.691 over.')
    const used = await shown('2019-06-01')
    expect(used).toContain('is € 10.000 gebruikt. Er is € 110.691 over.')
    expect(used).toContain('Waterschade')
    expect(await shown('2020-02-15')).toContain('is € 15.000 gebruikt. Er is € 105.691 over.')
    // Undone, and recorded in 2020: on the last day of 2019 nobody had taken it for a use.
    for (const day of ['2019-12-31', '2020-04-15']) {
      const undone = await shown(day)
      expect(undone, day).toContain('is € 10.000 gebruikt. Er is € 110.691 over.')
      expect(undone, day).not.toContain('Inbraak')
    }
  })

  it('asks "what if" and makes its files from the same day', async () => {
    expect(await shown('2019-05-31', '&verlies=120.000')).toContain('De leden betalen niets.')
    expect(await shown('2019-06-01', '&verlies=120.000')).toContain('De leden betalen mee.')
    const sheet = async (day: string) =>
      (await director.get(`${PATH}.csv?jaar=2019&per=${day}&verlies=120.000`)).text.split('\r\n')[1]
    expect(await sheet('2019-05-31')).toMatch(/^52;[^;]*;480000;480000;0;0;0;0;96;0;0;0$/)
    expect(await sheet('2019-06-01')).toMatch(/^52;[^;]*;480000;480000;0;0;0;0;96;8936,64;0;8936,64$/)
    expect(await sheet('2020-02-15')).toMatch(/^52;[^;]*;480000;384000;0;96000;0;0;96;/)
    expect(await sheet('2020-04-10')).toMatch(/^52;[^;]*;480000;384000;0;96000;96000;0;96;/)
    const paper = async (day: string) => {
      const address = `${samen.url}${PATH}.pdf?jaar=2019&per=${day}`
      const bytes = await (await fetch(address, { headers: { cookie: director.cookie } })).arrayBuffer()
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
      return text.replace(/\s+/g, ' ')
    }
    const before = await paper('2020-02-14')
    expect(before).toContain('zoals het op 14 februari 2020 was')
    expect(before).toContain('nog niets van de garanties aangesproken')
    expect(await paper('2020-03-31')).toContain('AS-2019-1: 1 lid is in gebreke')
  })

  it('has the forecast of the reports that were there', async () => {
    const spring = await shown('2019-04-01')
    expect(spring).toContain('Op 1 april 2019 was er nog geen verslag over dit jaar.')
    expect(spring).not.toMatch(/Bij deze prognose (blijft|wordt)/)
    const summer = await shown('2019-06-30')
    expect(summer).toMatch(/Bij deze prognose (blijft|wordt)/)
    expect(summer).toContain('eerste kwartaal')
    expect(summer).not.toContain('derde kwartaal')
  })

  it('has of a day to come what is agreed for it, and today instead of what is no day', async () => {
    const later = await shown('2021-01-01')
    expect(later).toContain('Deze dag moet nog komen.')
    expect(later).toContain('afgehandeld')
    expect(words((await director.get(`${PATH}?per=2021-01-01`)).text)).toContain('subsidiejaar 2019')
    for (const far of ['0001-01-01', '9999-12-31'])
      expect((await director.get(`${PATH}?per=${far}`)).status, far).toBe(200)
    for (const none of ['2019-02-30', '31-12-2019', '99999-01-01', '%3Cb%3E'])
      expect(words((await director.get(`${PATH}?per=${none}`)).text), none).toContain(
        'Die dag kennen wij niet',
      )
  })

  it('reads well on the smallest phone', async () => {
    const page = await browser.pageOf('bestuurder', { viewport: SMALL })
    await page.goto(`${PATH}?per=2020-02-15`)
    await expectAccessible(page)
    await page.context().close()
  })
})
