import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, press, SMALL, TestBrowser } from '../support/browser.js'
import { samplePdf } from '../support/sample-files.js'

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
const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)

async function assemblyPath(): Promise<string> {
  const [{ id }] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  return `/alv/${id}`
}

async function nameOf(number: number): Promise<string> {
  const [{ name }] = await query(
    `SELECT p.name FROM member_periods p JOIN members m ON m.id = p.member_id
     WHERE m.number = $1 AND upper_inf(p.known) AND upper_inf(p.holds)`,
    [number],
  )
  return name
}

/** The delegate of one member gives a proxy to another, on the page. */
async function give(page: Page, to: number, instruction = ''): Promise<void> {
  await page.goto(`${await assemblyPath()}/volmachten`)
  await page.getByLabel('Wie stemt voor u').selectOption({ label: await nameOf(to) })
  await page.getByLabel('Instructie').fill(instruction)
  await press(page, 'Geef de volmacht')
}

describe('members vote through each other', () => {
  it('one delegate votes alike for three, a principal comes and votes itself, the secretary enters one', async () => {
    const alv = await assemblyPath()
    const [one, two] = [await nameOf(40), await nameOf(41)]

    // Three members that are away ask the same one: two are accepted, the third is one too many.
    const absent = await laptops.pageOf('lid-40')
    await absent.goto(`${alv}/volmachten`)
    await expectAccessible(absent)
    await press(absent, 'Geef de volmacht')
    await absent.getByRole('link', { name: 'Vul dit veld in.' }).waitFor()
    await expectAccessible(absent)
    await give(absent, 9, 'Stem voor het werkplan.')
    expect(await main(absent)).toContain('gevraagd')
    await expectAccessible(absent)
    await give(await laptops.pageOf('lid-41'), 9)
    await give(await laptops.pageOf('lid-42'), 9)

    // The holder, on the smallest phone, is told and answers.
    const holder = await phones.pageOf('lid-9', { viewport: SMALL })
    await holder.goto('/mijn')
    await follow(holder, `Stemt u voor ${one}?`)
    await expectAccessible(holder)
    expect(await main(holder)).toContain('Stem voor het werkplan.')
    await press(holder, `Neem de volmacht van ${one} aan`)
    await press(holder, `Neem de volmacht van ${two} aan`)
    await press(holder, /Neem de volmacht van/)
    expect(await main(holder)).toContain('houdt al zoveel volmachten als mag: 2 (artikel 17 lid 3)')
    await expectAccessible(holder)
    await holder.goto(`${alv}/volmachten`)
    await press(holder, /Weiger de volmacht van/)
    expect(await main(holder)).toContain(one)
    await expectAccessible(holder)

    // The hall knows who votes for whom, and not how.
    const chair = await laptops.pageOf('voorzitter')
    await chair.goto(`${alv}/volmachten`)
    expect(await main(chair)).toContain(one)
    expect(await main(chair)).not.toContain('Stem voor het werkplan.')
    await expectAccessible(chair)
    await chair.goto(alv)
    await press(chair, 'Open de stemming over punt 1')
    const poll = new URL(chair.url()).pathname

    // All alike, in one press; the instruction stands beside it.
    await holder.goto(poll)
    expect(await main(holder)).toContain('Instructie: ‘Stem voor het werkplan.’')
    await expectAccessible(holder)
    await press(holder, 'Stem hetzelfde voor alle 3')
    await holder.getByRole('link', { name: 'Kies voor, tegen of blanco.' }).waitFor()
    await holder.getByRole('radio', { name: /^Voor/ }).check()
    await press(holder, 'Stem hetzelfde voor alle 3')
    await holder.getByRole('heading', { name: 'Wat er is vastgelegd' }).waitFor()
    expect(await main(holder)).toContain('Uw 3 stemmen zijn vastgelegd.')
    await expectAccessible(holder)
    await holder.goto(poll)
    expect(await holder.getByText(/vastgelegd: gestemd om/).count()).toBe(3)
    await expectAccessible(holder)

    // The principal comes too late for this poll, and is told why; the next one is its own.
    await absent.goto(alv)
    await press(absent, 'Meld u aanwezig')
    expect(await main(absent)).toContain('Uw volmacht is geschorst')
    await expectAccessible(absent)
    await absent.goto(poll)
    expect(await main(absent)).toContain(`stemt in deze stemming voor ${one}, met volmacht`)
    expect(await absent.getByRole('radio').count()).toBe(0)
    await expectAccessible(absent)
    await closeAndDeclare(chair)

    await chair.goto(alv)
    await press(chair, 'Open de stemming over punt 2')
    const second = new URL(chair.url()).pathname
    await absent.goto(second)
    await absent.getByRole('radio', { name: 'Tegen' }).check()
    await press(absent, 'Breng uw stem uit')
    await absent.getByRole('heading', { name: 'Uw stem is uitgebracht' }).waitFor()
    await holder.goto(second)
    await press(holder, 'Stem hetzelfde voor alle 2')
    await holder.getByRole('link', { name: 'Kies voor, tegen of blanco.' }).waitFor()
    await holder.getByRole('radio', { name: 'Blanco' }).check()
    await press(holder, 'Stem hetzelfde voor alle 2')
    await holder.getByText('Uw 2 stemmen zijn vastgelegd.').waitFor()

    await enterForTheHall(second)
    await closeAndDeclare(chair)
    await chair.goto(`${second}/wie-stemde-wat`)
    expect(await main(chair)).toContain('ingevoerd door de secretaris')
    expect(await main(chair)).toContain(`met volmacht, door ${await nameOf(9)}`)
    await expectAccessible(chair)
  })

  it('gives, accepts and votes alike without JavaScript, and takes a letter', async () => {
    const noScript = { javaScriptEnabled: false, viewport: SMALL }
    const alv = await newAssembly()
    const principal = await phones.pageOf('lid-44', noScript)
    await principal.goto(`${alv}/volmachten`)
    await principal.getByLabel('Wie stemt voor u').selectOption({ label: await nameOf(20) })
    await press(principal, 'Geef de volmacht')
    const holder = await laptops.pageOf('lid-20', noScript)
    await holder.goto(`${alv}/volmachten`)
    await press(holder, /Neem de volmacht/)

    const secretary = await laptops.pageOf('secretaris', noScript)
    await secretary.goto(`${alv}/volmachten/brief`)
    await press(secretary, 'Leg de volmacht vast')
    expect(await secretary.getByRole('link', { name: 'Voeg een scan van de brief toe.' }).count()).toBe(1)
    await secretary.getByLabel('Welk lid geeft de volmacht').selectOption({ label: await nameOf(45) })
    await secretary.getByLabel('Wie stemt voor dit lid').selectOption({ label: await nameOf(20) })
    await secretary
      .getByLabel('Scan van de brief')
      .setInputFiles({ name: 'brief.pdf', mimeType: 'application/pdf', buffer: samplePdf('Volmacht') })
    await press(secretary, 'Leg de volmacht vast')
    expect(await main(secretary)).toContain('per brief')

    const chair = await laptops.pageOf('voorzitter', noScript)
    await chair.goto(alv)
    await press(chair, 'Open de stemming over punt 1')
    await holder.goto(new URL(chair.url()).pathname)
    await holder.getByRole('radio', { name: /^Voor/ }).check()
    await press(holder, 'Stem hetzelfde voor alle 3')
    expect(await main(holder)).toContain('Uw 3 stemmen zijn vastgelegd.')
  })

  it('is done by keyboard alone', async () => {
    const alv = await newAssembly()
    const page = await laptops.pageOf('lid-46')
    await page.goto(`${alv}/volmachten`)
    await tabTo(page, 'houder')
    await page.keyboard.type((await nameOf(20)).slice(0, 6))
    await tabTo(page, 'instructie')
    await page.keyboard.type('Stem blanco.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/volmachten#gegeven$/)
    expect(await main(page)).toContain('Stem blanco.')
    await page.getByRole('button', { name: /Trek de volmacht/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Wie stemt voor u').waitFor()
  })

  it('shows nothing to who has nothing to do with it', async () => {
    const [proxy] = await query('SELECT id FROM proxies WHERE by_letter LIMIT 1')
    const stranger = await test.client('lid-30')
    expect((await stranger.get(`/volmachten/${proxy.id}/bestand`)).status).toBe(404)
    for (const act of ['aanvaarding', 'weigering', 'intrekking', 'teruggave'])
      expect((await stranger.post(`/volmachten/${proxy.id}/${act}`)).status, act).toBe(404)
    const secretary = await test.client('secretaris')
    expect((await secretary.get(`/volmachten/${proxy.id}/bestand`)).status).toBe(200)
    expect((await stranger.get(`${await assemblyPath()}/aanwezigen`)).status).toBe(403)
  })
})

/** The secretary finds a member in the hall, checks it in with one press, and enters its ballot. */
async function enterForTheHall(poll: string): Promise<void> {
  const alv = await assemblyPath()
  const member = await nameOf(50)
  const secretary = await laptops.pageOf('secretaris', { viewport: SMALL })
  await secretary.goto(alv)
  await follow(secretary, 'Aanwezigen')
  expect(await main(secretary)).toMatch(/Aanwezig of vertegenwoordigd: \d+ van 51 \(nodig 17\)/)
  await expectAccessible(secretary)
  await secretary.getByLabel('Zoek op naam of nummer').fill('50')
  await secretary.locator('#aanwezigenlijst').getByText('1 lid.').waitFor()
  await press(secretary, new RegExp(`Meld aan ?: ${member}`))
  expect(await secretary.getByRole('button', { name: new RegExp(`Meld af ?: ${member}`) }).count()).toBe(1)
  expect(new URL(secretary.url()).search).toBe('?q=50')
  await secretary.getByLabel('Naam van de gast').fill('Gemeente Utrecht')
  await press(secretary, 'Noteer de gast')
  expect(await main(secretary)).toContain('Gemeente Utrecht: sinds')
  await expectAccessible(secretary)

  await secretary.goto(poll)
  await follow(secretary, 'Voer een stem in')
  await expectAccessible(secretary)
  await press(secretary, 'Leg de stem vast')
  await expectAccessible(secretary)
  await secretary.getByLabel('Voor welk lid').selectOption({ label: member })
  await secretary.getByRole('radio', { name: /^Voor/ }).check()
  await press(secretary, 'Leg de stem vast')
  expect(await main(secretary)).toContain(`Vastgelegd voor ${member}`)
  await expectAccessible(secretary)
  await expect
    .poll(
      async () =>
        (
          await query(`SELECT count(*)::int AS n FROM demo_mails WHERE to_address = 'lid-50@example.org'
            AND subject LIKE 'De secretaris voerde een stem in%'`)
        )[0].n,
      { timeout: 20_000 },
    )
    .toBe(1)
}

async function closeAndDeclare(chair: Page): Promise<void> {
  const ofPoll = await query('SELECT id FROM polls ORDER BY opened_at DESC LIMIT 1')
  await chair.goto(`/stemmingen/${ofPoll[0].id}`)
  await press(chair, 'Sluit de stemming')
  await press(chair, 'Stel de uitslag vast')
}

/** Another assembly under way on the day of the demo, with one motion. */
async function newAssembly(): Promise<string> {
  const [{ id }] = await query(
    `WITH alv AS (
       INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
       VALUES (gen_random_uuid(), 'Extra ALV', 'extraordinary', '2020-02-15', '2020-02-15T10:15:00+01:00', 'Zaal', '2020-01-31')
       RETURNING id)
     INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     SELECT gen_random_uuid(), id, 1, 'Jaarplan', 'Stelt de ALV het jaarplan vast?', '', 'ordinary', now() FROM alv
     RETURNING assembly_id AS id`,
  )
  return `/alv/${id}`
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate<string | null>('document.activeElement.getAttribute("name")')) === name) return
  }
  throw new Error(`No field ${name} by keyboard`)
}
