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

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const heading = async (page: Page) => (await page.locator('h1').first().textContent())?.trim() ?? ''
const main = async (page: Page) => (await page.locator('main').textContent()) ?? ''

async function openAgenda(page: Page): Promise<void> {
  await page.goto('/alv')
  await follow(page, 'Algemene ledenvergadering')
}

async function checkAs(seeing: Page, page: Page): Promise<void> {
  await seeing.goto(page.url())
  await expectAccessible(seeing)
}

async function castOverHttp(who: string, pollPath: string, choice: string): Promise<number> {
  const client = await test.client(who)
  const [elector] = await test.database.owner.query(
    'SELECT member_id AS id FROM electors WHERE poll_id = $1 AND member_number = $2',
    [pollPath.split('/').at(-1), who.replace('lid-', '')],
  )
  return (await client.post(`${pollPath}/stem`, { member: elector.id, choice })).status
}

async function mailsTo(who: string, subject: string): Promise<number> {
  const [found] = await test.database.owner.query(
    'SELECT count(*)::int AS n FROM demo_mails WHERE to_address = $1 AND subject = $2',
    [`${who}@example.org`, subject],
  )
  return found.n
}

describe('a result that is disputed', () => {
  it('from a poll with an end to the re-vote that the majority demands', async () => {
    const chair = await browser.pageOf('voorzitter')
    await openAgenda(chair)
    await chair.getByLabel('Sluit de stemming vanzelf').first().selectOption('5')
    await press(chair, 'Open de stemming over punt 1')
    const pollPath = new URL(chair.url()).pathname
    const closing = await chair.locator('[data-ends-in]').textContent()
    expect(closing).toMatch(/De stemming sluit om \d\d\.\d\d uur\. Nog [45]:\d\d/)
    await expectAccessible(chair)

    const voter = await browser.pageOf('lid-9', { viewport: SMALL })
    await voter.goto(pollPath)
    expect(await voter.getByText(/De stemming sluit om/).count()).toBe(1)
    await expectAccessible(voter)

    await chair.getByLabel('Geef meer tijd').selectOption('10')
    await press(chair, 'Verleng de stemming')
    expect(await chair.locator('[data-ends-in]').textContent()).toMatch(/Nog 1[45]:\d\d/)

    for (const number of [9, 10, 11]) expect(await castOverHttp(`lid-${number}`, pollPath, 'for')).toBe(303)
    expect(await castOverHttp('lid-12', pollPath, 'against')).toBe(303)
    await press(chair, 'Sluit de stemming')
    await press(chair, 'Stel de uitslag vast')
    expect(await main(chair)).toContain('Aangenomen')
    // The chair has no vote here, so nothing to dispute.
    expect(await chair.getByRole('link', { name: 'Ik betwist deze uitslag' }).count()).toBe(0)

    await voter.goto(pollPath)
    await follow(voter, 'Ik betwist deze uitslag')
    expect(await heading(voter)).toBe('Ik betwist deze uitslag')
    expect(await main(voter)).toContain('nu zijn dat 16 stemmen')
    await expectAccessible(voter)
    await keepScreenshot(voter, 'betwisting')
    await press(voter, 'Betwist de uitslag')
    await voter.getByRole('link', { name: 'Schrijf op waarom de uitslag niet klopt.' }).waitFor()
    await expectAccessible(voter)
    await voter.getByLabel('Waarom klopt de uitslag niet?').fill('De verbinding viel weg.')
    await press(voter, 'Betwist de uitslag')
    expect(await main(voter)).toContain('1 stem verlangt een nieuwe stemming; 16 zijn nodig')
    expect(await main(voter)).toContain('Uw steun is vastgelegd')
    await expectAccessible(voter)

    // Meanwhile nothing else is opened, and the assembly does not end.
    await openAgenda(chair)
    await press(chair, 'Open de stemming over punt 2')
    expect(await main(chair)).toContain('De uitslag van de vorige stemming wordt betwist')

    // By keyboard.
    const supporter = await browser.pageOf('lid-10', { viewport: PHONE })
    await supporter.goto(pollPath)
    await supporter.getByRole('button', { name: /Ik steun dit voor/ }).focus()
    await supporter.keyboard.press('Enter')
    await supporter.getByText(/2 stemmen verlangen een nieuwe stemming/).waitFor()
    await expectAccessible(supporter)

    for (let number = 11; number <= 24; number++) {
      const { status } = await (await test.client(`lid-${number}`)).post(`${pollPath}/steun`)
      expect(status).toBe(303)
    }
    await chair.goto(pollPath)
    expect(await main(chair)).toContain('De meerderheid verlangt een nieuwe stemming')
    await expectAccessible(chair)
    await press(chair, 'Open de nieuwe stemming')
    const revotePath = new URL(chair.url()).pathname
    expect(revotePath).not.toBe(pollPath)
    for (const number of [9, 10, 11]) await castOverHttp(`lid-${number}`, revotePath, 'against')
    await castOverHttp('lid-12', revotePath, 'for')
    await press(chair, 'Sluit de stemming')
    await press(chair, 'Stel de uitslag vast')
    expect(await main(chair)).toContain('Niet aangenomen')

    await voter.goto(pollPath)
    await follow(voter, 'Naar de nieuwe stemming')
    expect(new URL(voter.url()).pathname).toBe(revotePath)
    await expect.poll(() => mailsTo('lid-9', 'Uitslag betwist: Werkplan 2020'), { timeout: 20_000 }).toBe(1)
  })

  it('stands in the register with what came in its place, and with a correction', async () => {
    const secretary = await browser.pageOf('secretaris', { viewport: PHONE })
    await secretary.goto('/besluiten')
    const lines = await main(secretary)
    expect(lines).toContain('vervallen na een nieuwe stemming')
    expect(lines).toContain('2020-02')
    await expectAccessible(secretary)
    await secretary.goto('/besluiten/2020-01')
    expect(await main(secretary)).toContain('vervangen door besluit 2020-02')
    await expectAccessible(secretary)
    await secretary.goto('/besluiten/2020-02')
    expect(await main(secretary)).toContain('in de plaats van besluit 2020-01')
    await follow(secretary, 'Rectificaties')
    await press(secretary, 'Leg de rectificatie vast')
    await secretary.getByRole('link', { name: 'Schrijf op wat er moet staan.' }).waitFor()
    await expectAccessible(secretary)
    await secretary.getByLabel('Wat moet er staan?').fill('Het werkplan is versie 3.')
    await secretary.getByLabel('Waarom?').fill('In de vraag stond versie 2.')
    await press(secretary, 'Leg de rectificatie vast')
    expect(await main(secretary)).toContain('Het werkplan is versie 3.')
    await expectAccessible(secretary)
    await secretary.goto('/besluiten/2020-02')
    expect(await main(secretary)).toContain('Het werkplan is versie 3.')
    await secretary.setViewportSize(LAPTOP)
    await expectAccessible(secretary)
    const member = await test.client('lid-9')
    expect((await member.post('/besluiten/2020-02/rectificaties', { tekst: 'x', reden: 'x' })).status).toBe(
      403,
    )
  })
})

describe('a poll that was opened wrongly, and a chair with an interest', () => {
  it('without JavaScript on the smallest phone', async () => {
    const small = { javaScriptEnabled: false, viewport: SMALL }
    const chair = await browser.pageOf('voorzitter', small)
    // Axe needs scripts: somebody with the same eyes looks at each page again.
    const seeing = await browser.pageOf('voorzitter', { viewport: SMALL })
    await openAgenda(chair)
    const agendaPath = new URL(chair.url()).pathname
    await press(chair, 'Open de stemming over punt 2')
    const wrongPath = new URL(chair.url()).pathname
    expect(await castOverHttp('lid-20', wrongPath, 'for')).toBe(303)
    await follow(chair, 'Stemming ongeldig verklaren')
    await checkAs(seeing, chair)
    await press(chair, 'Verklaar ongeldig')
    expect(await main(chair)).toContain('Schrijf op waarom deze stemming ongeldig is.')
    await chair.getByLabel('Waarom is deze stemming ongeldig?').fill('Ik opende het verkeerde punt.')
    await press(chair, 'Verklaar ongeldig')
    expect(await main(chair)).toContain('Deze stemming is ongeldig')
    expect(await main(chair)).toContain('Ik opende het verkeerde punt.')
    await checkAs(seeing, chair)

    const voter = await browser.pageOf('lid-20', small)
    await voter.goto(wrongPath)
    expect(await main(voter)).toContain('telt niet mee')
    expect(await castOverHttp('lid-21', wrongPath, 'for')).toBe(409)
    await expect
      .poll(() => mailsTo('lid-20', 'Ongeldig verklaard: Begroting 2020'), { timeout: 20_000 })
      .toBe(1)

    await chair.goto(agendaPath)
    await follow(chair, 'Tegenstrijdig belang')
    await checkAs(seeing, chair)
    await press(chair, 'Meld het belang')
    expect(await main(chair)).toContain('Kies een agendapunt.')
    await chair.getByLabel('Bij welk agendapunt?').selectOption({ label: '2. Begroting 2020' })
    await chair.getByLabel('Wat is uw belang?').fill('Mijn bureau staat in de begroting.')
    await press(chair, 'Meld het belang')
    expect(await main(chair)).toContain('Mijn bureau staat in de begroting.')
    await checkAs(seeing, chair)
    await chair.goto(agendaPath)
    expect(await main(chair)).toContain('Tegenstrijdig belang gemeld:')
    await press(chair, 'Open de stemming over punt 2')
    expect(await main(chair)).toContain('Laat dit over aan de waarnemend voorzitter')

    const [deputyPerson] = await test.database.owner.query(
      `SELECT p.name FROM people p WHERE p.email = 'lid-21@example.org'`,
    )
    expect((await (await test.client('lid-21')).post(`${agendaPath}/sluiting`)).status).toBe(403)
    await chair.goto(`${agendaPath}/waarneming`)
    await checkAs(seeing, chair)
    await chair.getByRole('radio', { name: 'Waarnemend voorzitter' }).check()
    await chair.getByLabel('Wie neemt waar?').selectOption({ label: deputyPerson.name })
    await press(chair, 'Wijs aan')
    expect(await main(chair)).toContain(deputyPerson.name)
    await checkAs(seeing, chair)

    const deputy = await browser.pageOf('lid-21', small)
    await deputy.goto(agendaPath)
    await press(deputy, 'Open de stemming over punt 2')
    const pollPath = new URL(deputy.url()).pathname
    expect(pollPath).not.toBe(wrongPath)
    for (const number of [20, 21, 22]) expect(await castOverHttp(`lid-${number}`, pollPath, 'for')).toBe(303)
    await chair.goto(pollPath)
    expect(await main(chair)).toContain('U houdt zich buiten dit besluit')
    expect(await chair.getByRole('button', { name: 'Sluit de stemming' }).count()).toBe(0)
    await checkAs(seeing, chair)
    await deputy.goto(pollPath)
    await press(deputy, 'Sluit de stemming')
    await deputy.goto('/mijn')
    await follow(deputy, /Begroting 2020/)
    await press(deputy, 'Stel de uitslag vast')
    expect(await main(deputy)).toContain('Aangenomen')
    await follow(deputy, /2020-0\d/)
    expect(await main(deputy)).toContain('Mijn bureau staat in de begroting.')
    await checkAs(seeing, deputy)
    // A deputy here is nobody elsewhere.
    expect((await (await test.client('lid-21')).get('/alv/nieuw')).status).toBe(
      (await (await test.client('lid-22')).get('/alv/nieuw')).status,
    )
  })
})
