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

const heading = (page: Page) => textOf(page, 'h1')
const textOf = async (page: Page, selector: string) =>
  (await page.locator(selector).first().textContent())?.trim() ?? ''

/** The poll's page, from the agenda of the only assembly of the demo. */
async function openAgenda(page: Page): Promise<void> {
  await page.goto('/alv')
  await follow(page, 'Algemene ledenvergadering')
  expect(await heading(page)).toBe('Algemene ledenvergadering')
}

async function toPoll(page: Page): Promise<string> {
  await openAgenda(page)
  await follow(page, 'Naar de stemming')
  return new URL(page.url()).pathname
}

describe('an assembly votes', () => {
  it('from opening to the register of decisions', async () => {
    const chair = await browser.pageOf('voorzitter')
    await openAgenda(chair)
    expect(await chair.getByText('31 van de 51 stemmen zijn aanwezig of vertegenwoordigd').count()).toBe(1)
    await expectAccessible(chair)

    const delegate = await browser.pageOf('lid-9', { viewport: PHONE })
    await openAgenda(delegate)
    expect(await delegate.getByRole('button', { name: /Open de stemming/ }).count()).toBe(0)

    await press(chair, 'Open de stemming over punt 1')
    expect(await heading(chair)).toBe('Stelt de ALV het werkplan 2020 vast?')
    expect(await chair.getByText('0 van de 51 leden met stemrecht hebben gestemd').count()).toBe(1)
    await expectAccessible(chair)

    // Two tabs of one delegate, both with the empty ballot.
    await delegate.goto('/mijn')
    await follow(delegate, 'Breng uw stem uit: Werkplan 2020')
    expect(await heading(delegate)).toBe('Stelt de ALV het werkplan 2020 vast?')
    const secondTab = await delegate.context().newPage()
    await secondTab.goto(delegate.url())
    await expectAccessible(delegate)
    await keepScreenshot(delegate, 'stemming')

    // Without a choice the form says what to do, and where.
    await press(delegate, 'Breng uw stem uit')
    await delegate.getByRole('link', { name: 'Kies voor, tegen of blanco.' }).waitFor()
    await expectAccessible(delegate)

    await delegate.getByRole('radio', { name: 'Voor' }).check()
    await press(delegate, 'Breng uw stem uit')
    await delegate.getByRole('heading', { level: 1, name: 'Uw stem is uitgebracht' }).waitFor()
    const reference = await textOf(delegate, '.samen-panel__reference dd')
    expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await expectAccessible(delegate)

    await secondTab.getByRole('radio', { name: 'Tegen' }).check()
    await press(secondTab, 'Breng uw stem uit')
    await secondTab.getByRole('heading', { level: 1, name: 'U had al gestemd' }).waitFor()
    expect(await secondTab.getByText('Wat u nu stuurde, is niet geteld').count()).toBe(1)
    expect(await textOf(secondTab, '.samen-panel__reference')).toContain(reference)
    expect(await textOf(secondTab, '.samen-panel__reference')).toContain('Voor')
    await expectAccessible(secondTab)

    // Back in the browser: the ballot is gone, what was cast stands there.
    await secondTab.goBack()
    expect(await secondTab.getByRole('radio').count()).toBe(0)
    expect(await secondTab.getByText(`kenmerk ${reference}`).count()).toBe(1)
    await expectAccessible(secondTab)

    // Nobody sees a choice before the result; the roll call waits.
    const pollPath = await toPoll(delegate)
    await delegate.goto(`${pollPath}/wie-stemde-wat`)
    expect(await delegate.getByText('zodra de voorzitter de uitslag heeft vastgesteld').count()).toBe(1)
    await expectAccessible(delegate)

    for (const number of [10, 11]) await castOverHttp(`lid-${number}`, pollPath, 'for')
    await castOverHttp('lid-12', pollPath, 'against')
    await castOverHttp('lid-13', pollPath, 'blank')

    await chair.reload()
    expect(await chair.getByText('5 van de 51 leden met stemrecht hebben gestemd').count()).toBe(1)
    await press(chair, 'Sluit de stemming')
    expect(await chair.getByText('De stemming is gesloten').count()).toBeGreaterThan(0)
    await expectAccessible(chair)
    await press(chair, 'Stel de uitslag vast')
    expect(await heading(chair)).toBe('Werkplan 2020')
    await expectAccessible(chair)

    for (const subject of ['U kunt nu stemmen: Werkplan 2020', 'Aangenomen: Werkplan 2020']) {
      await expect.poll(() => mailsTo('lid-9', subject), { timeout: 20_000 }).toBe(1)
    }

    await delegate.goto(pollPath)
    expect(await textOf(delegate, '.samen-panel__heading')).toBe('Aangenomen')
    const result = await textOf(delegate, 'main')
    expect(result).toContain('3 van de 4 uitgebrachte stemmen')
    expect(result).toContain('ten minste 3 van de 4 stemmen voor')
    expect(result).toContain('Het quorum van 17 is gehaald')
    await expectAccessible(delegate)

    await follow(delegate, 'Wie stemde wat')
    expect(await delegate.getByRole('row').count()).toBe(52)
    await expectAccessible(delegate)

    await delegate.goto('/besluiten?q=WERKPLAN')
    await follow(delegate, '2020-01')
    expect(await heading(delegate)).toBe('Werkplan 2020')
    await expectAccessible(delegate)
    await delegate.goto('/besluiten?q=bestaat+niet')
    expect(await delegate.getByText('Niets gevonden').count()).toBe(1)
    await expectAccessible(delegate)
  })

  it('without JavaScript, on the smallest phone, and in the dark', async () => {
    const chair = await browser.pageOf('voorzitter', { javaScriptEnabled: false, viewport: SMALL })
    await openAgenda(chair)
    await press(chair, 'Open de stemming over punt 2')
    const pollPath = new URL(chair.url()).pathname
    const delegate = await browser.pageOf('lid-20', { javaScriptEnabled: false, viewport: SMALL })
    await delegate.goto(pollPath)
    await delegate.getByRole('radio', { name: 'Blanco' }).check()
    await press(delegate, 'Breng uw stem uit')
    await delegate.getByRole('heading', { level: 1, name: 'Uw stem is uitgebracht' }).waitFor()
    await press(chair, 'Sluit de stemming')
    await press(chair, 'Stel de uitslag vast')
    expect(await textOf(chair, '.samen-panel__heading')).toBe('Niet aangenomen')

    const dark = await browser.pageOf('lid-20', { viewport: SMALL, colorScheme: 'dark' })
    for (const path of ['/alv', pollPath, `${pollPath}/wie-stemde-wat`, '/besluiten', '/besluiten/2020-02']) {
      await dark.goto(path)
      await expectAccessible(dark)
    }
    await dark.setViewportSize(LAPTOP)
    await expectAccessible(dark)
  })

  it('says why a supporting member has no ballot, and refuses one', async () => {
    const supporter = await test.client('lid-53')
    const [poll] = await test.database.owner.query('SELECT id FROM polls ORDER BY opened_at LIMIT 1')
    const [motion] = await test.database.owner.query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       SELECT gen_random_uuid(), assembly_id, 9, 'Rondvraag', 'Sluiten wij de rondvraag?', '', 'ordinary', now()
       FROM polls WHERE id = $1 RETURNING id, assembly_id`,
      [poll.id],
    )
    const chair = await test.client('voorzitter')
    const opened = await chair.post(`/alv/${motion.assembly_id}/stemmingen`, { motion: motion.id })
    const again = await chair.post(`/alv/${motion.assembly_id}/stemmingen`, { motion: motion.id })
    expect(again.location).toBe(opened.location)

    const shown = await supporter.get(opened.location!)
    expect(shown.text).toContain('steunlid')
    expect(shown.text).not.toContain('type="radio"')
    const [own] = await test.database.owner.query('SELECT member_id AS id FROM electors LIMIT 1')
    const refused = await supporter.post(`${opened.location}/stem`, { member: own.id, choice: 'for' })
    expect(refused.status).toBe(403)
    expect((await supporter.post(`${opened.location}/stem`, { member: 'x', choice: 'for' })).status).toBe(403)
    expect((await supporter.post(`${opened.location}/stem`)).status).toBe(403)
    await chair.post(`${opened.location}/sluiting`)
    const late = await castOverHttp('lid-21', opened.location!, 'for')
    expect(late.status).toBe(409)
    expect(late.text).toContain('telt niet mee')
    await chair.post(`${opened.location}/uitslag`)
    const end = await chair.post(`/alv/${motion.assembly_id}/sluiting`)
    expect(end.status).toBe(303)
    const over = await (await test.client('lid-22')).post(`/alv/${motion.assembly_id}/aanwezigheid`)
    expect(over.status).toBe(409)
  })

  it('lets one delegate vote for two members in turn, and warns of a member without delegate', async () => {
    const delegate = (await holdersOf(9))[0]!
    const silent = (await holdersOf(10))[0]!
    await test.database.owner.query(
      `INSERT INTO role_assignments (id, person_id, role, scope_id, holds_from)
       SELECT gen_random_uuid(), $1, 'delegate', id, '2019-01-01' FROM members WHERE number = 40`,
      [delegate.person_id],
    )
    await test.database.owner.query(
      `INSERT INTO role_endings (assignment_id, ends_on) VALUES ($1, '2020-01-01')`,
      [silent.id],
    )
    const [motion] = await test.database.owner.query(
      `WITH alv AS (
         INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
         VALUES (gen_random_uuid(), 'Extra ALV', 'extraordinary', '2020-02-15', '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-31')
         RETURNING id)
       INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       SELECT gen_random_uuid(), id, 1, 'Statuten', 'Wijzigt de ALV de statuten?', '', 'statuteChange', now() FROM alv
       RETURNING id, assembly_id`,
    )
    const chair = await browser.pageOf('voorzitter', { viewport: SMALL })
    await chair.goto(`/alv/${motion.assembly_id}`)
    expect(await chair.getByText('1 lid kan niet stemmen').count()).toBe(1)
    await expectAccessible(chair)
    await press(chair, 'Open de stemming over punt 1')

    const page = await browser.pageOf('lid-9', { viewport: SMALL })
    await page.goto(`/alv/${motion.assembly_id}`)
    await press(page, 'Meld u aanwezig')
    expect(await page.getByText('U bent aanwezig sinds').count()).toBe(1)
    expect(await page.getByText('2 van de 51 stemmen zijn aanwezig of vertegenwoordigd').count()).toBe(1)
    await follow(page, 'Naar de stemming')
    await page.getByText('U stemt ook voor').waitFor()
    await expectAccessible(page)
    await page.getByRole('radio', { name: 'Voor' }).check()
    await press(page, 'Breng uw stem uit')
    await follow(page, /Stem nu voor/)
    await page.getByRole('radio', { name: 'Tegen' }).check()
    await press(page, 'Breng uw stem uit')
    expect(await page.getByRole('link', { name: /Stem nu voor/ }).count()).toBe(0)
    await follow(page, 'Naar de stemming')
    expect(await page.getByText(/gestemd om/).count()).toBe(2)
    await expectAccessible(page)
  })

  it('answers an unknown assembly, poll or decision with 404, whatever its id looks like', async () => {
    const client = await test.client('lid-9')
    const unknown = '00000000-0000-7000-8000-000000000000'
    for (const path of ['alv', 'stemmingen', 'besluiten']) {
      for (const id of [unknown, 'x', '2020-99', '%00', "'"]) {
        expect((await client.get(`/${path}/${id}`)).status, `/${path}/${id}`).toBe(404)
      }
    }
    expect(
      (await client.post(`/stemmingen/${unknown}/stem`, { member: unknown, choice: 'for' })).status,
    ).toBe(404)
    expect((await client.get(`/stemmingen/${unknown}/bevestiging?lid=x`)).status).toBe(404)
  })
})

/** How many mails with this subject have reached the demo's mailbox. */
async function mailsTo(who: string, subject: string): Promise<number> {
  const [found] = await test.database.owner.query(
    'SELECT count(*)::int AS n FROM demo_mails WHERE to_address = $1 AND subject = $2',
    [`${who}@example.org`, subject],
  )
  return found.n
}

/** The delegates of a member, by its number. */
function holdersOf(number: number): Promise<{ id: string; person_id: string }[]> {
  return test.database.owner.query(
    `SELECT a.id, a.person_id FROM role_assignments a JOIN members m ON m.id = a.scope_id
     WHERE m.number = $1 AND a.role = 'delegate'`,
    [number],
  )
}

async function castOverHttp(who: string, pollPath: string, choice: string) {
  const client = await test.client(who)
  const page = await client.get(pollPath)
  const number = who.replace('lid-', '')
  const [elector] = await test.database.owner.query(
    'SELECT member_id AS id FROM electors WHERE poll_id = $1 AND member_number = $2',
    [pollPath.split('/').at(-1), number],
  )
  expect(page.status).toBe(200)
  return client.post(`${pollPath}/stem`, { member: elector.id, choice })
}
