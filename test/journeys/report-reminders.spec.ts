import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReportReminders, ReportsEntering } from '#accountability'
import { People } from '#identity'
import { addDays, type Day } from '#kernel'
import { Clock, DailyWork, Database } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

let test: TestApp
let browser: TestBrowser
let reminders: ReportReminders
/** The wijk that is going to be late, and until when it has. */
let where: string
let dueOn: Day

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  reminders = test.app.get(ReportReminders, { strict: false })
  const found = (await reminders.all()).find(
    ({ agreement, quarter, open, daysLate, returnedOn }) =>
      agreement.areaSlug === 'oost' &&
      quarter.toString() === '2019-Q4' &&
      open &&
      daysLate === 0 &&
      returnedOn === null,
  )
  where = `${found!.agreement.areaSlug}/${found!.quarter}`
  dueOn = found!.standing.dueOn
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')

/** A new day, so many from the last day to submit; the daily work is done twice, as by two processes. */
async function onDay(offset: number, from = dueOn): Promise<void> {
  await test.app.get(Clock, { strict: false }).moveTo(new Date(`${addDays(from, offset)}T08:00:00+01:00`))
  const daily = test.app.get(DailyWork, { strict: false })
  await Promise.all([daily.doAll(), daily.doAll()])
}

/** To whom a mail of this kind went about this report, in order. */
async function mailed(notice: string, about = where): Promise<string[]> {
  const rows: { to_address: string }[] = await test.database.owner.query(
    `SELECT to_address FROM notices WHERE template = $1 AND model->>'path' = $2 ORDER BY written_at, to_address`,
    [`accountability/${notice}`, `/verantwoording/${about}`],
  )
  return rows.map(({ to_address }) => to_address.split('@')[0]!)
}

async function submitAgain(about: string): Promise<void> {
  const [area, quarter] = about.split('/') as [string, string]
  const treasurer = await test.app.get(People, { strict: false }).withAddress('gsmo-financien@example.org')
  const at = test.app.get(Clock, { strict: false }).now()
  const steps = [{ kind: 'submitted' as const, by: treasurer!.id, at }]
  await test.app.get(Database, { strict: false }).transaction(async (tx) => {
    const past = { draft: {}, savedBy: treasurer!.id, savedAt: at, steps }
    await test.app.get(ReportsEntering, { strict: false }).enter(tx, { area, quarter }, past)
  })
}

describe('a report that came back', () => {
  it('is reminded of that, until it is submitted again', async () => {
    const back = (await reminders.all()).find(({ returnedOn }) => returnedOn !== null)!
    const about = `${back.agreement.areaSlug}/${back.quarter}`
    for (const [day, times] of [
      [6, 0],
      [7, 1],
      [8, 1],
    ] as const) {
      await onDay(day, back.returnedOn!)
      expect(await mailed('report-reminder', about), `${day} days`).toHaveLength(2 * times)
    }
    await submitAgain(about)
    await onDay(14, back.returnedOn!)
    expect(await mailed('report-reminder', about)).toHaveLength(2)
  })
})

describe('a wijk that does not account in time', () => {
  it('is reminded on the days of the statutes, each time once', async () => {
    const both = ['coordinator', 'penningmeester']
    const expected: [day: number, times: number][] = [
      ...([
        [-15, 0],
        [-14, 1],
        [-13, 1],
        [-5, 2],
        [0, 3],
        [1, 3],
      ] as [number, number][]),
      ...([
        [3, 4],
        [10, 5],
        [40, 5],
      ] as [number, number][]),
    ]
    for (const [day, times] of expected) {
      await onDay(day)
      expect(await mailed('report-reminder'), `${day} days`).toHaveLength(both.length * times)
    }
    expect(new Set(await mailed('report-reminder'))).toEqual(new Set(both))
    const subjects: { model: { daysLate: number | null } }[] = await test.database.owner.query(
      `SELECT model FROM notices WHERE template = 'accountability/report-reminder' AND model->>'path' = $1
       ORDER BY written_at DESC LIMIT 1`,
      [`/verantwoording/${where}`],
    )
    expect(subjects[0]!.model.daysLate).toBe(10)
  })

  it('is named to the team lead, one mail a day', async () => {
    const rows: { name: string }[] = await test.database.owner.query(
      `SELECT to_name AS name FROM notices WHERE template = 'accountability/report-digest'
       AND model::text LIKE $1`,
      [`%${where}%`],
    )
    expect(rows).toHaveLength(2)
  })

  it('gets nothing about what was submitted', async () => {
    const done = (await reminders.all()).filter(({ open }) => !open)
    expect(done.length).toBeGreaterThan(0)
    const sent = done.flatMap((report) => report.reminders)
    expect(sent.every(({ kind }) => kind === 'returned')).toBe(true)
  })
})

describe('the team lead', () => {
  it('sees who is late, and sends a friendly reminder with one press', async () => {
    await onDay(12)
    const lead = await browser.pageOf('teamleider', { viewport: SMALL })
    await lead.goto('/verantwoording/stand')
    expect(await main(lead)).toContain('12 dagen te laat')
    await expectAccessible(lead)
    const row = lead.getByRole('row', { name: /Oost.*4e kwartaal 2019/ })
    await row.getByRole('button', { name: /^Herinner/ }).click()
    await lead.waitForLoadState('domcontentloaded')
    expect(await main(lead)).toContain('De herinnering van vandaag is verstuurd')
    await expectAccessible(lead)
    expect(await mailed('report-friendly-reminder')).toHaveLength(2)
    const client = await test.client('teamleider')
    await client.get('/verantwoording/stand')
    expect((await client.post(`/verantwoording/stand/${where}/herinnering`)).status).toBe(303)
    const other = await test.client('serviceteam')
    await other.get('/verantwoording/stand')
    expect((await other.post(`/verantwoording/stand/${where}/herinnering`)).status).toBe(409)
    expect(await mailed('report-friendly-reminder')).toHaveLength(2)
  })

  it('writes a sentence of their own the next day', async () => {
    await onDay(13)
    const lead = await browser.pageOf('teamleider', { viewport: LAPTOP })
    await lead.goto(`/verantwoording/stand/${where}`)
    await expectAccessible(lead)
    await lead.getByLabel(/Een zin van uzelf/).fill('Bel mij gerust.')
    await press(lead, 'Stuur een herinnering')
    expect(await main(lead)).toContain('Bel mij gerust.')
    expect(await main(lead)).toContain('10 dagen na de laatste dag')
    expect(await mailed('report-friendly-reminder')).toHaveLength(4)
    await lead.goto('/verantwoording/stand?taal=en')
    expect(await main(lead)).toContain('Who is where')
    await expectAccessible(lead)
  })

  it('cannot remind of what was submitted, and others cannot at all', async () => {
    const done = (await reminders.all()).find(({ open }) => !open)!
    const client = await test.client('teamleider')
    const path = `/verantwoording/stand/${done.agreement.areaSlug}/${done.quarter}`
    await client.get(path)
    expect((await client.post(`${path}/herinnering`)).status).toBe(409)
    const member = await test.client('lid-9')
    await member.get('/mijn')
    expect((await member.get('/verantwoording/stand')).status).toBe(403)
    expect((await client.get('/verantwoording/stand/nergens/2019-Q4')).status).toBe(404)
  })
})
