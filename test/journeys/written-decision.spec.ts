import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

const LIST = '/besluiten/zonder-vergadering'

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

/** The members that may vote today, by number. */
async function voters(): Promise<{ id: string; number: number }[]> {
  return query(
    `SELECT m.id, m.number FROM members m JOIN role_assignments r ON r.scope_id = m.id AND r.role = 'delegate'
     WHERE m.number <= 51 GROUP BY m.id, m.number ORDER BY m.number`,
  )
}

describe('a decision without a meeting', () => {
  it('is proposed, known to the board, answered by all, and stands in the register with its proof', async () => {
    const secretary = await browser.pageOf('secretaris', { viewport: SMALL })
    await secretary.goto('/besluiten')
    await follow(secretary, 'Besluiten zonder vergadering')
    expect(await main(secretary)).toContain('nog niets voorgesteld')
    await expectAccessible(secretary)
    await follow(secretary, 'Stel een besluit voor')
    await expectAccessible(secretary)
    await press(secretary, 'Stel voor')
    expect(await secretary.title()).toMatch(/^Fout/)
    await expectAccessible(secretary)
    await secretary.getByLabel('Onderwerp').fill('Nieuw adres')
    await secretary.getByLabel('Het besluit').fill('De coöperatie verhuist naar de Biltstraat.')
    await secretary.getByLabel('Toelichting').fill('De huur loopt af.')
    await press(secretary, 'Stel voor')
    expect(await main(secretary)).toContain('voorgesteld')
    const path = new URL(secretary.url()).pathname

    // First the board, then the members.
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto('/mijn')
    await follow(director, /Leg vast dat het bestuur weet/)
    await expectAccessible(director)
    await press(director, 'Leg vast dat het bestuur ervan weet')
    await secretary.reload()
    await secretary.getByLabel('Sluitingsdag').fill('2020-02-15')
    await press(secretary, 'Vraag de leden om antwoord')
    expect(await main(secretary)).toContain('Kies een dag na vandaag')
    await expectAccessible(secretary)
    await secretary.getByLabel('Sluitingsdag').fill('2020-02-29')
    await press(secretary, 'Vraag de leden om antwoord')
    expect(await main(secretary)).toContain('0 van 51 leden')
    await expectAccessible(secretary)

    const delegate = await browser.pageOf('lid-1', { viewport: SMALL })
    await delegate.goto('/mijn')
    await follow(delegate, /Antwoord namens .*: Nieuw adres/)
    await expectAccessible(delegate)
    await press(delegate, 'Leg het antwoord vast')
    expect(await main(delegate)).toContain('Kies voor of tegen')
    await delegate.getByLabel('Voor', { exact: true }).check()
    await press(delegate, 'Leg het antwoord vast')
    expect(await main(delegate)).toContain('Vastgelegd')
    await expectAccessible(delegate)

    await answerAll(path, 2)
    await delegate.reload()
    expect(await main(delegate)).toContain('Alle leden zijn voor. Het besluit is genomen.')
    await expectAccessible(delegate)
    await follow(delegate, /^Besluit 2020-/)
    expect(await main(delegate)).toContain('51 voor, 0 tegen, 0 zonder antwoord')
    await expectAccessible(delegate)
    const number = new URL(delegate.url()).pathname.split('/').at(-1)!
    const proof = await test.app.get(DecisionEvidence, { strict: false }).of(number)
    expect(verifyDecision(proof!.zip)).toMatchObject({ sound: true })
    await delegate.goto(`/besluiten/${number}/rectificaties`)
    await expectAccessible(delegate)
    await delegate.goto('/besluiten?taal=en')
    await follow(delegate, 'Decisions without a meeting')
    expect(await main(delegate)).toContain('taken')
    await expectAccessible(delegate)
  })

  it('is not taken after one "against", whoever answers then; strangers are kept out', async () => {
    const secretary = await test.client('secretaris')
    const kenmerk = /name="kenmerk" value="([^"]+)"/.exec((await secretary.get(`${LIST}/nieuw`)).text)![1]!
    const fields = {
      kenmerk,
      titel: 'Reis',
      tekst: 'Wij gaan op reis.',
      toelichting: 'Leuk.',
      soort: 'ordinary',
    }
    const sent = await Promise.all([secretary.post(LIST, fields), secretary.post(LIST, fields)])
    expect(sent.map(({ status, location }) => [status, location])).toEqual([
      [303, `${LIST}/${kenmerk}`],
      [303, `${LIST}/${kenmerk}`],
    ])
    const path = `${LIST}/${kenmerk}`
    expect((await secretary.post(`${path}/voorkennis`)).status).toBe(403)
    expect((await secretary.post(`${path}/opening`, { sluitingsdag: '2020-03-01' })).status).toBe(409)
    const director = await test.client('bestuurder')
    await director.get(path)
    await director.post(`${path}/voorkennis`)
    await secretary.get(path)
    expect((await secretary.post(`${path}/opening`, { sluitingsdag: '2020-03-01' })).status).toBe(303)
    const [first, second] = await voters()
    const [one, two] = [await test.client('lid-1'), await test.client('lid-2')]
    await Promise.all([one.get(path), two.get(path)])
    expect((await one.post(`${path}/antwoord`, { lid: second!.id, keuze: 'for' })).status).toBe(409)
    expect((await one.post(`${path}/antwoord`, { lid: first!.id, keuze: 'against' })).status).toBe(303)
    const late = await two.post(`${path}/antwoord`, { lid: second!.id, keuze: 'for' })
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('niet vastgelegd')])
    expect((await two.get(path)).text).toContain('Een lid is tegen')
    expect((await two.get(`${LIST}/x`)).status).toBe(404)
    expect((await two.get(`${LIST}/00000000-0000-7000-8000-000000000000`)).status).toBe(404)
  })
})

async function answerAll(path: string, from: number): Promise<void> {
  for (const { id, number } of await voters()) {
    if (number < from) continue
    const client = await test.client(`lid-${number}`)
    await client.get(path)
    const { status, text } = await client.post(`${path}/antwoord`, { lid: id, keuze: 'for' })
    expect(status, `${number} ${text.slice(0, 500)}`).toBe(303)
  }
}
