import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Clock, DailyWork } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'
import { samplePdf } from '../support/sample-files.js'

const CASES = '/afspraken/oost/ingrepen'

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')

async function moveTo(day: string): Promise<void> {
  await test.app.get(Clock, { strict: false }).moveTo(new Date(`${day}T10:30:00+01:00`))
  await test.app.get(DailyWork, { strict: false }).doAll()
}

/** Somebody opens the case and does one thing in it. */
async function does(
  who: string,
  path: string,
  what: string | RegExp,
  verb: string,
  fill: (page: Page) => Promise<unknown> = async () => {},
  options: Parameters<TestBrowser['pageOf']>[1] = { viewport: SMALL },
): Promise<Page> {
  const page = await browser.pageOf(who, options)
  await page.goto(path)
  await follow(page, what)
  await expectAccessible(page)
  const reason = page.locator('textarea[name="reden"]')
  await reason.fill(`Zo ziet ${who} het.`)
  await fill(page)
  await press(page, verb)
  expect(await main(page)).toContain('Vastgelegd')
  await expectAccessible(page)
  return page
}

async function mailsTo(who: string, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const mails = await query('SELECT text FROM demo_mails WHERE to_address = $1', [`${who}@example.org`])
      expect(
        mails.some((mail: { text: string }) => mail.text.includes(text)),
        `${who}: ${text}`,
      ).toBe(true)
    },
    { timeout: 20_000, interval: 200 },
  )
}

describe('a notice of default to the cooperative', () => {
  let path: string

  it('is given by the wijkcoöperatie, and mediated by silence', async () => {
    await moveTo('2020-01-05')
    const page = await browser.pageOf('penningmeester', { viewport: SMALL })
    await page.goto(CASES)
    await expectAccessible(page)
    await follow(page, 'Stel de stadscoöperatie in gebreke')
    await expectAccessible(page)
    await press(page, 'Verstuur de ingebrekestelling')
    expect(await main(page)).toContain('Vul dit veld in')
    await expectAccessible(page)
    await page.getByLabel('Onderwerp').fill('Voorschot te laat')
    await page.locator('textarea[name="reden"]').fill('Het voorschot kwam een maand te laat.')
    const file = { name: 'brief.pdf', mimeType: 'application/pdf', buffer: samplePdf('Brief') }
    await page.getByLabel('Bestanden').setInputFiles(file)
    await press(page, 'Verstuur de ingebrekestelling')
    expect(await main(page)).toContain(
      'De bestuurder antwoordt op de ingebrekestelling. Uiterlijk 19 januari 2020.',
    )
    expect(await main(page)).toContain(
      'begint vanzelf de bemiddeling door de voorzitter. Dat gebeurt vanzelf op 20 januari 2020.',
    )
    path = new URL(page.url()).pathname
    await mailsTo('bestuurder', 'Voorschot te laat')

    const director = await test.client('bestuurder')
    expect((await director.get('/mijn')).text).toContain(
      'Antwoord op de ingebrekestelling van Wijkcoöperatie Oost',
    )
    const attachment = /href="(\/ingrepen\/[^"]+\/bijlagen\/[^"]+)"/.exec(
      (await director.get(path)).text,
    )![1]!
    expect((await director.get(attachment)).text).toContain('%PDF')
    for (const who of ['lid-9', 'gemeente']) {
      const other = await test.client(who)
      for (const hidden of [path, attachment]) expect((await other.get(hidden)).status, who).toBe(404)
      expect((await other.get(CASES)).text).not.toContain('Voorschot te laat')
    }

    await moveTo('2020-01-20')
    await mailsTo('voorzitter', 'Er kwam geen antwoord: de voorzitter bemiddelt')
    const chair = await browser.pageOf('voorzitter', { viewport: LAPTOP, colorScheme: 'dark' })
    await chair.goto('/mijn')
    await follow(chair, 'Bemiddel tussen Wijkcoöperatie Oost en de bestuurder')
    expect(await main(chair)).toContain('Er kwam geen antwoord: de voorzitter bemiddelt')
    await expectAccessible(chair)
  })

  it('goes to the ALV when mediation fails, is then open to the members, and ends with the decision', async () => {
    const plans = async (page: Page) => {
      await page.getByLabel('Dag').fill('2020-01-28')
      await page.getByLabel('Tijd').fill('9.30')
    }
    await does('voorzitter', path, 'Plan een gesprek', 'Leg het gesprek vast', plans)
    await does('bestuurder', path, 'Reageer', 'Verstuur uw reactie')
    const page = await does('voorzitter', path, 'De bemiddeling is niet gelukt', 'Leg dat vast')
    expect(await main(page)).toContain('Op 28 januari 2020 om 09:30.')

    await moveTo('2020-02-15')
    const [assembly] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
    await does('coordinator', path, 'Zet de zaak op de agenda', 'Zet op de agenda', (form) =>
      form.getByLabel('Welke vergadering').selectOption(assembly.id),
    )
    const member = await test.client('lid-9')
    expect((await member.get(path)).text).toContain('Iedereen die inlogt, kan haar lezen')
    expect((await member.get(`${path}/stap/reactie`)).status).toBe(403)
    const [motion] = await query(`SELECT id FROM motions WHERE authorises_kind = 'intervention'`)
    expect((await member.get(`/voorstellen/${motion.id}`)).text).toContain(path)

    await decide(assembly.id, motion.id)
    const shown = (await member.get(path)).text
    expect(shown).toContain('De ALV gaf Wijkcoöperatie Oost gelijk')
    expect(shown).toMatch(/href="\/besluiten\/2020-\d\d"/)
    await test.app.get(DailyWork, { strict: false }).doAll()
    await mailsTo('penningmeester', 'De ALV gaf Wijkcoöperatie Oost gelijk')
  })
})

describe('an intervention by the cooperative', () => {
  let path: string

  it('begins with a signal and a conversation, and a plan that is returned once', async () => {
    await moveTo('2020-02-15')
    const bare = await browser.pageOf('serviceteam', { viewport: SMALL, javaScriptEnabled: false })
    await bare.goto(CASES)
    await follow(bare, 'Geef een signaal')
    await bare.getByLabel('Onderwerp').fill('Bereik blijft achter')
    await bare.getByLabel('Over welke afspraak gaat het?').selectOption({ index: 1 })
    await bare.locator('textarea[name="reden"]').fill('Drie kwartalen te weinig mensen.')
    await press(bare, 'Geef het signaal')
    expect(await main(bare)).toContain('Uiterlijk 29 februari 2020.')
    path = new URL(bare.url()).pathname
    await mailsTo('coordinator', 'Drie kwartalen te weinig mensen.')

    await follow(bare, 'Plan een gesprek')
    await bare.getByLabel('Dag').fill('2020-03-01')
    await press(bare, 'Leg het gesprek vast')
    expect(await main(bare)).toContain('Kies een dag van 15 februari 2020 tot en met 29 februari 2020')
    expect(await main(bare)).toContain('Vul een tijd in')
    await bare.getByLabel('Dag').fill('2020-02-20')
    await bare.getByLabel('Tijd').fill('14:30')
    await press(bare, 'Leg het gesprek vast')
    expect(await main(bare)).toContain('Het gesprek is op 20 februari 2020 om 14:30.')

    await moveTo('2020-02-21')
    const treasurer = await browser.pageOf('penningmeester', { viewport: SMALL })
    await treasurer.goto('/mijn')
    await follow(treasurer, 'Dien een herstelplan in')
    const plan = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: samplePdf('Plan') }
    const withPlan = (page: Page) => page.getByLabel('Bestanden').setInputFiles(plan)
    await does(
      'penningmeester',
      new URL(treasurer.url()).pathname,
      'Dien het herstelplan in',
      'Dien het herstelplan in',
      withPlan,
    )
    await does('serviceteam', path, 'Geef het plan één keer terug', 'Geef het plan terug')
    await does('coordinator', path, 'Dien het herstelplan in', 'Dien het herstelplan in')
    await does('teamleider', path, 'Aanvaard het plan', 'Aanvaard het plan')
  })

  it('comes to a takeover that the director confirms, and to its end', async () => {
    await moveTo('2020-04-22')
    await mailsTo('serviceteam', 'De verbeterperiode is voorbij')
    await does('serviceteam', path, 'Het herstel is niet genoeg', 'Leg het oordeel vast')
    await does('teamleider', path, 'Stel een overname voor', 'Stel de overname voor', undefined, {
      viewport: LAPTOP,
      colorScheme: 'dark',
    })
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto('/mijn?taal=en')
    await follow(director, 'Confirm or refuse the takeover of the work of Wijkcoöperatie Oost')
    expect(await main(director)).toContain('The director confirms or refuses the takeover.')
    await takeOver(director, path)
    const page = await does('serviceteam', path, 'Sluit de ingreep af zonder herstel', 'Sluit de ingreep af')
    expect(await main(page)).toContain('De zaak is geëindigd')
    const treasurer = await test.client('penningmeester')
    expect((await treasurer.get(`${path}/stap/reactie`)).status).toBe(404)
    await treasurer.get(path)
    expect(
      (await treasurer.post(`${path}/stap/reactie`, { gezien: '10', reden: 'Toch nog iets.' })).status,
    ).toBe(409)
  })
})

/** It binds the cooperative: with a session that is no longer fresh the director signs in again first. */
async function takeOver(page: Page, path: string): Promise<void> {
  await test.signedInAgo(60)
  await page.goto(`${path}?taal=nl`)
  await follow(page, 'Bevestig de overname')
  expect(await main(page)).toContain('U logt eerst opnieuw in')
  await expectAccessible(page)
  await press(page, 'Bevestig de overname')
  expect(await main(page)).toContain('Bevestig dat u het bent')
  await press(page, 'Dit is het voorbeeld')
  expect(new URL(page.url()).pathname).toBe(`${path}/stap/overname`)
  expect(await main(page)).not.toContain('U logt eerst opnieuw in')
  await press(page, 'Bevestig de overname')
  expect(await main(page)).toContain('Vastgelegd')
  await expectAccessible(page)
}

/** Adopted by everyone who votes, and declared. */
async function decide(assembly: string, motion: string): Promise<void> {
  const chair = await test.client('voorzitter')
  await chair.get(`/alv/${assembly}`)
  const { location } = await chair.post(`/alv/${assembly}/stemmingen`, { motion })
  for (const number of [1, 2, 3]) {
    const client = await test.client(`lid-${number}`)
    await client.get(location!)
    const [member] = await query('SELECT id FROM members WHERE number = $1', [number])
    expect((await client.post(`${location}/stem`, { member: member.id, choice: 'for' })).status).toBe(303)
  }
  await chair.post(`${location}/sluiting`)
  await chair.post(`${location}/uitslag`)
}
