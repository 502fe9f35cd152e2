import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CallReminders } from '#guarantee-calls'
import { Clock } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  LAPTOP,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'
import { addPledges } from '../support/called-guarantees.js'
import { camtFile } from '../support/camt.js'
import { decideOn } from '../support/closed-year.js'
import type { HttpClient } from '../support/http-client.js'

const CALLS = '/garanties/aanspraken'
let samen: TestApp
let browser: TestBrowser
let members: Map<number, string>
/** The page of the call, once it is there. */
let callPath: string

beforeAll(async () => {
  samen = await startTestApp()
  browser = await TestBrowser.open(samen.url)
  members = await addPledges(samen.app)
})
afterAll(async () => {
  await browser?.close()
  await samen?.stop()
})

const main = async (page: Page) =>
  ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ').trim()
const plain = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/&nbsp;|\s+/g, ' ')
const field = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

/** The lines that the page of the bank lists as still to be placed. */
async function openLines(client: HttpClient): Promise<string[]> {
  const { text } = await client.get('/bank')
  return [...new Set([...text.matchAll(/href="(\/bank\/regels\/[0-9a-f-]{36})"/g)].map(([, path]) => path!))]
}

describe('a call on the guarantees', () => {
  it('is prepared with exactly what each would pay, and put to the ALV', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: SMALL })
    await director.goto(CALLS)
    expect(await main(director)).toContain('Er is nog nooit een beroep gedaan op de garanties')
    await expectAccessible(director)
    await follow(director, 'Bereid een aanspraak voor')
    await director.getByLabel('Hoeveel is nodig?').fill('900.000')
    await press(director, 'Laat de verdeling zien')
    expect(await main(director)).toContain('Dit is meer dan wie garant staat nog kan betalen: € 560.000,00')
    await director.getByLabel('Hoeveel is nodig?').fill('56.000,00')
    await director
      .getByLabel('Waarom is het nodig?')
      .fill('De exploitatie kwam tekort in het vierde kwartaal.')
    await press(director, 'Laat de verdeling zien')
    expect(await main(director)).toMatch(/€ 56\.000,00, verdeeld over 8 leden.*€ 48\.000,00/)
    await expectAccessible(director)
    await keepScreenshot(director, 'aanspraak-voorbereiden')
    await press(director, 'Leg dit vast en zet het op de agenda')
    callPath = new URL(director.url()).pathname
    expect(await main(director)).toContain('De ALV stemt hier nog over')
    await expectAccessible(director)
  })

  it('goes out after the ALV adopted it; members see what they pay', async () => {
    await decideOn(samen.app, 'guaranteeCall')
    const director = await samen.client('bestuurder')
    expect((await director.get('/mijn')).text).toContain('Laat aanspraak AS-2019-1 uitgaan')
    await director.get(callPath)
    for (const _ of [1, 2]) expect((await director.post(`${callPath}/uitgifte`)).status).toBe(303)

    const member = await browser.pageOf('lid-5', { viewport: SMALL })
    await member.goto('/mijn')
    await follow(member, /betaal € 3\.000,00 op de aanspraak/)
    const shown = await main(member)
    for (const part of ['Te betalen: € 3.000,00', 'NL91 ABNA 0417 1643 00', 'AS-2019-1-05', '16 maart 2020'])
      expect(shown).toContain(part)
    await expectAccessible(member)
    await keepScreenshot(member, 'aanspraak-lid')
    const client = await samen.client('lid-5')
    expect((await client.get(`${callPath}/leden/${members.get(5)}/brief.pdf`)).text).toMatch(/^%PDF/)
    expect((await client.get(`${callPath}/leden/${members.get(6)}`)).status).toBe(404)
  })

  it('is paid: by a file of the bank and by hand, always by two people', async () => {
    const controller = await samen.client('controller')
    const chair = await samen.client('voorzitter')
    const day = '2020-02-15'
    const file = camtFile([
      {
        ...{ id: '2020-46', day, openingCents: 1_000_000n },
        entries: [
          { day, cents: 4_800_000n, name: 'Zorgbelang', description: 'AS 2019 1 52 aanspraak' },
          { day, cents: 300_000n, name: 'Lid vijf', description: 'ons deel AS-2019-1-05' },
          { day, cents: -1_250n, name: 'Bank', description: 'Kosten betaalpakket' },
        ],
      },
    ])
    const { text: form } = await controller.get('/bank')
    const uploaded = await controller.postFiles('/bank/afschriften', { verzoek: field(form, 'verzoek') }, [
      ['bestand', file.name, file.content],
    ])
    expect(uploaded.location).toMatch(/^\/bank\/afschriften\//)
    const { text: by } = await controller.get('/bank/regels/nieuw')
    const hand = {
      dag: day,
      richting: 'in',
      bedrag: '2.000,00',
      naam: 'Lid zes',
      omschrijving: 'AS-2019-1-06',
    }
    const entered = await controller.post('/bank/regels', { ...hand, verzoek: field(by, 'verzoek') })
    expect(entered.location).toMatch(/^\/bank\/regels\//)

    const looking = await browser.pageOf('controller', { viewport: SMALL })
    await looking.goto('/bank')
    expect(await main(looking)).toContain('Hoort waarschijnlijk bij: AS-2019-1-52')
    await expectAccessible(looking)
    await keepScreenshot(looking, 'bank')
    await follow(looking, '15-02-2020')
    await expectAccessible(looking)
    await keepScreenshot(looking, 'bankregel')

    for (const path of await openLines(controller)) {
      const { text } = await controller.get(path)
      const item = /name="(deel\.guaranteeCall\.[^"]+)" value="([\d,]+)"/.exec(text)
      const verzoek = field(text, 'verzoek')
      const proposed = item
        ? await controller.post(`${path}/voorstellen`, { verzoek, [item[1]!]: item[2]! })
        : await controller.post(`${path}/terzijde`, {
            verzoek,
            reden: 'Bankkosten, geboekt in het grootboek',
          })
      expect(proposed.status).toBe(303)
      const waiting = /action="([^"]+)\/intrekking"/.exec((await controller.get(path)).text)![1]!
      expect(plain((await controller.post(`${waiting}/bevestiging`)).text)).toContain(
        'U deed dit voorstel zelf',
      )
      await chair.get(path)
      for (const _ of [1, 2]) expect((await chair.post(`${waiting}/bevestiging`)).status).toBe(303)
    }
    expect(plain((await chair.get('/bank')).text)).toContain('Alles is geplaatst')
    const { text } = await chair.get(callPath)
    expect(plain(text)).toContain('Betaald € 55.000,00, nog open € 1.000,00')
  })

  it('with a default: reminded, then written off by two people, never divided over the others', async () => {
    for (const day of ['2020-03-09', '2020-03-17', '2020-03-30', '2020-03-31']) {
      await samen.app.get(Clock).moveTo(new Date(`${day}T12:00:00Z`))
      await samen.app.get(CallReminders).doAll(day)
    }
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto('/mijn')
    await follow(director, /Besluit wat er gebeurt/)
    await expectAccessible(director)
    await director.getByLabel('Afboeken').check()
    await press(director, 'Stel dit voor')
    expect(await main(director)).toContain('Schrijf waarom')
    await director.getByLabel('Waarom?').fill('De organisatie is opgeheven.')
    await press(director, 'Stel dit voor')
    expect(await main(director)).toContain('stelt voor € 1.000,00 af te boeken')

    const chair = await browser.pageOf('voorzitter', { viewport: SMALL })
    await chair.goto('/mijn')
    await follow(chair, /Bevestig wat er gebeurt met de vordering/)
    await expectAccessible(chair)
    await press(chair, 'Bevestig dit')
    expect(await main(chair)).toContain('Afgeboekt')
    await chair.goto(callPath)
    const shown = await main(chair)
    expect(shown).toContain('€ 1.000,00 is afgeboekt')
    expect(shown).toMatch(/Samen.*€ 56\.000,00.*€ 55\.000,00/)
    await expectAccessible(chair)
    await keepScreenshot(chair, 'aanspraak')
    const { text } = await (await samen.client('lid-1')).get(`${callPath}/verdeling.csv`)
    expect(text).toContain('AS-2019-1-07')
  })

  it('leaves pages about the bank that everybody can use', async () => {
    const committee = await browser.pageOf('kascommissie', { viewport: SMALL })
    await committee.goto('/bank')
    await expectAccessible(committee)
    await follow(committee, '2020-46')
    await expectAccessible(committee)
    await committee.goto('/bank')
    await committee.locator('summary', { hasText: 'De laatste regels die verwerkt zijn' }).click()
    await committee.locator('a[href^="/bank/regels/"]').first().click()
    expect(await main(committee)).toContain('Bevestigd door')
    await expectAccessible(committee)
  })
})
