import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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
import { samplePdf } from '../support/sample-files.js'

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const order = async (page: Page) =>
  (await page.locator('.samen-order__text > a').allTextContents()).map((text) => text.trim())
const pdf = (name: string, text: string) => ({ name, mimeType: 'application/pdf', buffer: samplePdf(text) })

/** Looks at a page on a phone and on a laptop; on the smallest phone for its sizes only. */
async function look(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page, ['target-size'])
  for (const viewport of [PHONE, LAPTOP]) {
    await page.setViewportSize(viewport)
    await expectAccessible(page)
  }
}

interface Item {
  soort: string
  titel: string
  vraag?: string
  besluit?: string
}

async function addItem(page: Page, { soort, titel, vraag, besluit }: Item): Promise<void> {
  await page.getByLabel('Soort punt').selectOption({ label: soort })
  await page.getByLabel('Onderwerp').fill(titel)
  await page.getByLabel('Toelichting').fill(`Hierover gaat ${titel.toLowerCase()}.`)
  if (vraag) await page.getByLabel('Vraag aan de vergadering').fill(vraag)
  if (besluit) await page.getByLabel('Soort besluit').selectOption({ label: besluit })
  await press(page, 'Voeg toe')
  await page.locator('.samen-order__text > a', { hasText: titel }).waitFor()
}

async function planAssembly(page: Page, day: string): Promise<string> {
  await page.goto('/alv')
  await follow(page, 'Plan een vergadering')
  await page.getByLabel('Naam van de vergadering').fill('Ledenvergadering over de statuten')
  await page.getByRole('radio', { name: 'buitengewone vergadering' }).check()
  await page.getByLabel('Dag').fill(day)
  await page.getByLabel('Begint om').fill('19:30')
  await page.getByLabel('Plaats').fill('Podium Oost')
  await press(page, 'Plan de vergadering')
  await page.getByRole('heading', { name: 'De agenda', exact: true }).waitFor()
  return new URL(page.url()).pathname.replace(/\/agenda$/, '')
}

/** Takes an item by its handle and drops it above another. */
async function drag(page: Page, title: string, above: string): Promise<void> {
  const item = (text: string) => page.locator('.samen-order__item', { hasText: text })
  await page.evaluate('scrollTo(0, document.querySelector(".samen-order").offsetTop - 80)')
  const handle = (await item(title).locator('[data-handle]').boundingBox())!
  const target = (await item(above).boundingBox())!
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
  await page.mouse.down()
  await page.mouse.move(target.x + 20, target.y + target.height / 2, { steps: 5 })
  await page.mouse.move(target.x + 20, target.y + 2, { steps: 5 })
  await Promise.all([page.waitForNavigation(), page.mouse.up()])
}

async function mailTo(address: string, subject: string) {
  return vi.waitFor(
    async () => {
      const [mail] = await query(
        'SELECT id, text, attachments FROM demo_mails WHERE to_address = $1 AND subject LIKE $2 ORDER BY id DESC',
        [address, subject],
      )
      expect(mail).toBeDefined()
      return mail
    },
    { timeout: 30_000, interval: 250 },
  )
}

describe('an assembly is convened', () => {
  it('from the first plan to the papers on a phone', { timeout: 240_000 }, async () => {
    const secretary = await browser.pageOf('secretaris')
    await secretary.goto('/alv/nieuw')
    await press(secretary, 'Plan de vergadering')
    await secretary.getByRole('link', { name: 'Vul dit veld in.' }).first().waitFor()
    await look(secretary)
    // A week away: not enough, and the system says so by its article.
    const alv = await planAssembly(secretary, '2020-02-24')
    await addItem(secretary, { soort: 'ter informatie', titel: 'Opening' })
    await addItem(secretary, { soort: 'rondvraag', titel: 'Rondvraag' })
    await press(secretary, 'Voeg toe')
    await secretary.getByRole('link', { name: 'Vul dit veld in.' }).first().waitFor()
    await secretary.goto(`${alv}/agenda`)
    await addItem(secretary, {
      ...{ soort: 'besluit', titel: 'Nieuwe statuten', vraag: 'Stelt de ALV de nieuwe statuten vast?' },
      besluit: 'statutenwijziging',
    })
    await look(secretary)

    // Order: with the keyboard, then with the mouse.
    const up = secretary.getByRole('button', { name: 'Omhoog Nieuwe statuten' })
    await up.focus()
    await Promise.all([secretary.waitForNavigation(), secretary.keyboard.press('Enter')])
    expect(await order(secretary)).toEqual(['1. Opening', '2. Nieuwe statuten', '3. Rondvraag'])
    await drag(secretary, 'Rondvraag', 'Opening')
    expect(await order(secretary)).toEqual(['1. Rondvraag', '2. Opening', '3. Nieuwe statuten'])
    await drag(secretary, 'Opening', 'Rondvraag')
    await drag(secretary, 'Nieuwe statuten', 'Rondvraag')
    expect(await order(secretary)).toEqual(['1. Opening', '2. Nieuwe statuten', '3. Rondvraag'])

    // A paper in two versions.
    await follow(secretary, 'Nieuwe statuten')
    const item = new URL(secretary.url()).pathname
    await press(secretary, 'Voeg het stuk toe')
    await secretary.getByRole('link', { name: 'Kies een bestand.' }).waitFor()
    await secretary.getByLabel('Naam van het stuk').fill('Tekst van de statuten')
    await secretary.getByLabel('Bestand').last().setInputFiles(pdf('statuten.pdf', 'eerste'))
    await secretary.getByLabel('Dit is de woordelijke tekst').check()
    await press(secretary, 'Voeg het stuk toe')
    await secretary.getByText('Nieuwe versie van Tekst van de statuten').click()
    await secretary.getByLabel('Bestand').first().setInputFiles(pdf('statuten-2.pdf', 'tweede'))
    await press(secretary, 'Voeg de versie toe')
    expect(await main(secretary)).toContain('Tekst van de statuten, versie 2')
    expect(await main(secretary)).toContain('SHA-256')
    await look(secretary)

    // Refused, with the article and how to mend it; another day, and it goes.
    await secretary.goto(`${alv}/oproeping`)
    expect(await main(secretary)).toContain('(artikel 24 lid 3)')
    expect(await secretary.getByRole('button', { name: 'Roep de leden op' }).count()).toBe(0)
    await look(secretary)
    await follow(secretary, 'Kies een andere dag')
    await secretary.getByLabel('Dag').fill('2020-03-20')
    await press(secretary, 'Bewaar')
    await secretary.goto(`${alv}/oproeping`)
    expect(await main(secretary)).toContain('De termijnen van de wet en de statuten zijn gehaald.')
    await secretary.getByLabel('Nodig ook de steunleden uit').check()
    await press(secretary, 'Bekijk opnieuw')
    await look(secretary)
    await keepScreenshot(secretary, 'oproeping')
    await press(secretary, 'Roep de leden op')
    await secretary.getByText(/Naar \d+ geadresseerden/).click()
    await look(secretary)

    // The mail, with the calendar, agenda and papers, and the code.
    const mail = await mailTo('lid-9@example.org', 'Oproeping: Ledenvergadering%')
    expect(mail.text).toContain('Nieuwe statuten (voorstel tot statutenwijziging)')
    expect(mail.attachments.map(({ name }: { name: string }) => name)).toEqual([
      ...['agenda.ics', 'agenda.pdf', 'code-bij-de-deur.png'],
    ])
    const delegate = await browser.pageOf('lid-9', { viewport: PHONE })
    await delegate.goto(`/demo/postvak/${mail.id}`)
    await expectAccessible(delegate)
    const files = await Promise.all(
      [1, 2, 3].map(async (number) =>
        (await delegate.request.get(`/demo/postvak/${mail.id}/bijlagen/${number}/bestand`)).body(),
      ),
    )
    expect(files[0]!.toString()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*DTSTART:20200320T183000Z/)
    expect(files[1]!.toString('latin1')).toMatch(/^%PDF-1\.7[\s\S]*EmbeddedFile/)
    expect(files[2]!.subarray(1, 4).toString()).toBe('PNG')

    // The letters, printed and posted.
    const letters = await secretary.request.get(`${alv}/brieven.pdf`)
    expect(letters.headers()['content-type']).toBe('application/pdf')
    await press(secretary, 'De brieven zijn gepost')
    expect(await secretary.getByRole('button', { name: 'De brieven zijn gepost' }).count()).toBe(0)
    expect(await main(secretary)).not.toContain('nog niet gepost')

    // A member reads the papers on a phone.
    await delegate.goto('/mijn')
    await delegate.getByText(/De leden zijn opgeroepen: Ledenvergadering over de statuten/).waitFor()
    await delegate.goto(alv)
    await look(delegate)
    await delegate.setViewportSize(PHONE)
    const paper = delegate.getByRole('link', { name: /Tekst van de statuten, versie 2/ })
    const opened = await delegate.request.get((await paper.getAttribute('href'))!)
    expect((await opened.body()).equals(samplePdf('tweede'))).toBe(true)
    for (const file of ['agenda.pdf', 'agenda.ics'])
      expect((await delegate.request.get(`${alv}/${file}`)).status()).toBe(200)
    expect((await delegate.request.get(`${alv}/brieven.pdf`)).status()).toBe(403)
    expect(item).toContain('/agenda/punten/')
  })

  it('without JavaScript: planned, ordered, convened, moved and cancelled', {
    timeout: 120_000,
  }, async () => {
    const page = await browser.pageOf('secretaris', { javaScriptEnabled: false })
    const alv = await planAssembly(page, '2020-04-10')
    await addItem(page, { soort: 'ter informatie', titel: 'Eerste' })
    await addItem(page, { soort: 'bespreking', titel: 'Tweede' })
    await press(page, 'Omhoog Tweede')
    expect(await order(page)).toEqual(['1. Tweede', '2. Eerste'])
    await page.goto(`${alv}/oproeping`)
    await press(page, 'Roep de leden op')
    await page.goto(`${alv}/wijziging`)
    await page.getByLabel('Dag').fill('2020-02-20')
    await page.getByLabel('Waarom verplaatst u').fill('De zaal is dubbel geboekt.')
    await press(page, 'Verplaats en bericht de leden')
    expect(await main(page)).toContain('(artikel 16 lid 1)')
    await page.getByLabel('Dag').fill('2020-04-17')
    await press(page, 'Verplaats en bericht de leden')
    expect(await main(page)).toContain('Verplaatst')
    await mailTo('lid-2@example.org', 'Verplaatst naar %')
    await page.goto(`${alv}/wijziging`)
    await page.getByLabel('Waarom gaat de vergadering niet door?').fill('Er is te weinig te bespreken.')
    await press(page, 'Gelast af en bericht de leden')
    await page.goto(alv)
    expect(await main(page)).toContain('gaat niet door')
    const mail = await mailTo('lid-2@example.org', 'Gaat niet door: %')
    expect(mail.attachments).toMatchObject([{ name: 'agenda.ics' }])
  })
})

describe('members ask for an assembly', () => {
  it('a tenth of the votes signs, without JavaScript; the board hears, then its silence', {
    timeout: 180_000,
  }, async () => {
    const first = await browser.pageOf('lid-11', { javaScriptEnabled: false, viewport: PHONE })
    await first.goto('/alv/verzoeken')
    await follow(first, 'Begin een verzoek')
    await press(first, 'Begin en onderteken')
    await first.getByRole('radio', { name: 'een vergadering' }).check()
    await first.getByLabel('Onderwerp').fill('De huur van de buurthuizen')
    await first.getByLabel('Wat vraagt u precies?').fill('Bespreek de huurverhoging.')
    await press(first, 'Begin en onderteken')
    const path = new URL(first.url()).pathname
    expect(await main(first)).toContain('1 stem heeft getekend. Nodig zijn 6 van de 51 stemmen')

    for (const number of [12, 13, 14, 15, 16]) {
      const signer = await test.client(`lid-${number}`)
      await signer.get(path)
      expect((await signer.post(`${path}/handtekening`)).status).toBe(303)
      expect((await signer.post(`${path}/handtekening`)).status).toBe(303)
    }
    await first.reload()
    expect(await main(first)).toContain('6 stemmen hebben getekend')
    expect(await main(first)).toContain('uiterlijk op 14 maart 2020')
    expect(await main(first)).toContain('vanaf 1 maart 2020 zelf')
    await mailTo('voorzitter@example.org', 'Leden vragen om een vergadering%')
    const chair = await browser.pageOf('voorzitter')
    await chair.goto('/mijn')
    await follow(chair, 'Leden vragen: De huur van de buurthuizen')
    await look(chair)

    // Fourteen days later nothing happened: the first signer plans and convenes.
    const clock = await test.client()
    await clock.get('/demo')
    expect((await clock.post('/demo/klok', { day: '2020-03-01', time: '09:00' })).status).toBe(303)
    await first.goto(path)
    expect(await main(first)).toContain('De ondertekenaars mogen dat sinds 1 maart 2020 zelf doen')
    await follow(first, 'Roep zelf de vergadering op')
    await first.getByLabel('Dag').fill('2020-03-18')
    await first.getByLabel('Begint om').fill('20:00')
    await first.getByLabel('Plaats').fill('Wilhelminakerk')
    await press(first, 'Plan de vergadering')
    expect(await order(first)).toEqual(['1. De huur van de buurthuizen'])
    await follow(first, 'Roep de leden op')
    await press(first, 'Roep de leden op')
    expect(await main(first)).toContain('Oproeping')
    await first.goto(path)
    expect(await main(first)).toContain('De leden zijn op 1 maart 2020 opgeroepen')
  })
})

describe('odd input on these forms', () => {
  it('is refused, never a fault of ours', { timeout: 120_000 }, async () => {
    const client = await test.client('secretaris')
    await client.get('/alv/nieuw')
    const [{ id }] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
    const [{ item }] = await query('SELECT id AS item FROM agenda_items WHERE assembly_id = $1 LIMIT 1', [id])
    const long = 'x'.repeat(20_000)
    const texts = [
      '',
      '\u0000',
      long,
      '<script>',
      "'; --",
      '🙂'.repeat(40),
      '-1',
      '9'.repeat(30),
      '[object Object]',
    ]
    const forms: [string, string[]][] = [
      ['/alv', ['titel', 'soort', 'dag', 'begin', 'plaats', 'online', 'verzoek', 'vergadering']],
      [`/alv/${id}/wijziging`, ['titel', 'soort', 'dag', 'begin', 'plaats', 'online']],
      [`/alv/${id}/uitstel`, ['dag', 'begin', 'plaats', 'online', 'reden', 'volgnummer']],
      [`/alv/${id}/afgelasting`, ['waarom', 'volgnummer']],
      [`/alv/${id}/agenda/volgorde`, ['versie', 'volgorde', 'omhoog', 'omlaag']],
      [`/alv/${id}/agenda/punten`, ['punt', 'soort', 'titel', 'toelichting', 'minuten', 'vraag', 'besluit']],
      [`/alv/${id}/agenda/punten/${item}`, ['soort', 'titel', 'toelichting', 'minuten', 'vraag', 'besluit']],
      [`/alv/${id}/agenda/punten/${item}/verwijdering`, ['x']],
      [`/alv/${id}/agenda/punten/${item}/stukken`, ['stuk', 'naam', 'woordelijk']],
      [`/alv/${id}/oproeping`, ['volgnummer', 'inhoud', 'steunleden', 'bekijk']],
      [`/alv/${id}/brieven`, ['oproeping']],
      ['/alv/email-toestemming', ['lid', 'toestemming']],
      [`/alv/verzoeken/${id}/agendapunt`, ['x']],
    ]
    const faults: string[] = []
    for (const [path, fields] of forms) {
      for (const text of texts) {
        const answer = await client.post(path, Object.fromEntries(fields.map((field) => [field, text])))
        if (answer.status >= 500) faults.push(`${answer.status} ${path} ${text.slice(0, 20)}`)
      }
    }
    const right = { titel: 'A', soort: 'ordinary', dag: '2020-06-01', begin: '19:30', plaats: 'Zaal' }
    for (const [field, value] of [
      ['dag', '9999-12-31'],
      ['dag', '2020-02-30'],
      ['dag', '0001-01-01'],
      ['begin', '25:00'],
      ['online', 'javascript:alert(1)'],
      ['online', 'https://'],
      ['verzoek', id],
      ['titel', '\u0000'],
    ] as const) {
      const answer = await client.post('/alv', { ...right, [field]: value })
      if (answer.status >= 500) faults.push(`${answer.status} /alv ${field}=${value}`)
    }
    const member = await test.client('lid-20')
    await member.get('/alv/verzoeken/nieuw')
    for (const text of texts) {
      const fields = { soort: text, verzoek: text, vergadering: text, onderwerp: text, gevraagd: text }
      const answer = await member.post('/alv/verzoeken', fields)
      if (answer.status >= 500) faults.push(`${answer.status} /alv/verzoeken ${text.slice(0, 20)}`)
    }
    expect(faults).toEqual([])
  })
})
