import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Clock } from '#platform'
import { readSheets, writeCsv } from '#sheets'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, PHONE, press, SMALL, TestBrowser } from '../support/browser.js'

let test: TestApp
let browser: TestBrowser
let controller: Page

beforeAll(async () => {
  test = await startTestApp()
  browser = await TestBrowser.open(test.url)
  controller = await browser.pageOf('controller', { viewport: LAPTOP })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const csvOf = (rows: string[][]) => ({ name: 'begroting.csv', mimeType: 'text/csv', buffer: writeCsv(rows) })
const entriesNow = async () => (await query('SELECT count(*)::int AS n FROM journal_entries'))[0].n

async function expectGoodEverywhere(page: Page): Promise<void> {
  for (const [viewport, colorScheme] of [
    [SMALL, 'light'],
    [PHONE, 'dark'],
    [LAPTOP, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    await page.waitForLoadState()
    await expectAccessible(page)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Fills in a line of the form. */
async function line(page: Page, at: number, fields: Record<string, string>): Promise<void> {
  if (fields.account) await page.getByLabel(`Rekening, regel ${at}`).selectOption(fields.account)
  if (fields.project) await page.getByLabel(`Project, regel ${at}`).selectOption(fields.project)
  if (fields.debit) await page.getByLabel(`Debet, regel ${at}`).fill(fields.debit)
  if (fields.credit) await page.getByLabel(`Credit, regel ${at}`).fill(fields.credit)
  if (fields.member) await page.getByLabel(`Lidnummer, regel ${at}`).fill(fields.member)
}

describe('the ledger of the demo', () => {
  it('begins with the subsidy and the margin; the model budget adds up to the subsidy', async () => {
    await controller.goto('/grootboek?dag=2019-12-31')
    const shown = await main(controller)
    for (const words of [
      'Bank',
      '€ 6.034.550,00',
      'Reserve risicomarge',
      '€ 120.691,00',
      'Subsidie van de gemeente',
    ])
      expect(shown).toContain(words)
    expect(await controller.locator('tfoot').textContent()).toMatch(/€\s6\.175\.241,00.*€\s6\.175\.241,00/s)
    await expectGoodEverywhere(controller)

    await follow(controller, 'Begrotingen')
    await expectGoodEverywhere(controller)
    await follow(controller, '2019')
    const budget = await main(controller)
    for (const amount of ['6.034.550,00', '301.727,00', '120.691,00', '848.255,00'])
      expect(budget).toContain(amount)
    expect(budget).toContain('alleen als afbeelding')
    expect(await controller.locator('tfoot').textContent()).toMatch(/€\s6\.034\.550,00.*€\s6\.034\.550,00/s)
    await expectGoodEverywhere(controller)
    const [{ cents }] = await query(
      `SELECT sum(cents)::bigint AS cents FROM ledger_budget_lines WHERE account = 'WKprUit'`,
    )
    expect(BigInt(cents)).toBe(476_387_700n)
  })

  it('shows an account with its running balance, and goes to each entry', async () => {
    await controller.goto('/grootboek/rekeningen/BVorSub?van=2019-01-01&tot=2019-12-31')
    const rows = await controller.locator('tbody tr').allTextContents()
    expect(rows).toHaveLength(5)
    expect(rows.at(-1)).toMatch(/€\s0,00/)
    await expectGoodEverywhere(controller)
    await follow(controller, 'Subsidie 2019 toegekend')
    expect(await main(controller)).toContain('Te ontvangen subsidie')
    await expectGoodEverywhere(controller)
    for (const path of ['/grootboek/boekingen?jaar=2019', '/grootboek/rekeningen']) {
      await controller.goto(path)
      await expectGoodEverywhere(controller)
    }
  })
})

describe('an entry by hand', () => {
  it('comes back with what is wrong, adds up on request, and is booked once on a double click', async () => {
    const before = await entriesNow()
    await controller.goto('/grootboek')
    await follow(controller, 'Boek met de hand')
    await expectGoodEverywhere(controller)
    await press(controller, 'Leg de boeking vast')
    expect(await main(controller)).toContain('Schrijf waar de boeking over gaat')
    await expectAccessible(controller)

    await controller.getByLabel('Dag').fill('2019-06-30')
    await controller.getByLabel('Omschrijving').fill('Zaalhuur <juni>')
    await controller.getByLabel('Stuk').fill('F-2019-17')
    await line(controller, 1, { account: 'WKprUit', project: 'zuid-oost', debit: '1.250,00' })
    await line(controller, 2, { account: 'BLimBan', credit: '1.200' })
    await press(controller, 'Tel op')
    expect(await main(controller)).toContain('Het verschil tussen debet en credit is € 50,00')
    await press(controller, 'Leg de boeking vast')
    expect(await main(controller)).toContain('De boeking sluit niet')
    await expectAccessible(controller)
    await line(controller, 2, { credit: '1.250' })
    await line(controller, 3, { account: 'BSchOvs', member: '9999', debit: '5' })
    await press(controller, 'Leg de boeking vast')
    expect(await main(controller)).toContain('Er is geen lid met dit nummer')
    await line(controller, 3, { member: '7' })
    await line(controller, 4, { account: 'BSchOvs', credit: '5' })
    await press(controller, 'Nog vier regels')
    expect(await controller.getByLabel('Rekening, regel 8').count()).toBe(1)
    expect(await main(controller)).toContain('Debet en credit zijn gelijk')

    const fields: Record<string, string> = await controller.evaluate(
      `Object.fromEntries(new FormData(document.querySelector('main form')))`,
    )
    await press(controller, 'Leg de boeking vast')
    expect(await main(controller)).toContain('De boeking is vastgelegd')
    expect(await main(controller)).toMatch(/Boeking 2019-\d+/)
    expect(await main(controller)).toContain('Zaalhuur <juni>')
    await expectGoodEverywhere(controller)
    expect(await entriesNow()).toBe(before + 1)

    const client = await test.client('controller')
    await client.get('/grootboek/boekingen/nieuw')
    const { _csrf, ...again } = fields
    const repeated = await client.post('/grootboek/boekingen', again)
    expect(repeated.status).toBe(303)
    expect(new URL(controller.url()).pathname).toBe(repeated.location!.split('?')[0])
    expect(await entriesNow()).toBe(before + 1)
  })

  it('is undone by another that stays beside it', async () => {
    await follow(controller, 'Boekingen')
    await controller.goto('/grootboek/boekingen?jaar=2019')
    await follow(controller, 'Zaalhuur <juni>')
    await controller.getByText('Boek deze boeking terug').click()
    await press(controller, 'Boek terug')
    expect(await main(controller)).toContain('Schrijf waarom')
    await expectAccessible(controller)
    await controller.getByLabel('Waarom?').fill('Verkeerde wijk')
    await press(controller, 'Boek terug')
    expect(await main(controller)).toContain('Tegenboeking: Verkeerde wijk')
    await follow(controller, 'Bekijk de boeking')
    expect(await main(controller)).toContain('Teruggeboekt')
    expect(await controller.getByText('Boek deze boeking terug').count()).toBe(0)
  })
})

describe('a budget', () => {
  it('comes back with the cells to mend; once right it is shown, confirmed and beside what was booked', async () => {
    await controller.goto('/grootboek/begrotingen')
    await press(controller, 'Lees het bestand')
    expect(await main(controller)).toContain('Kies een bestand')
    const heads = ['Project', 'Rekening', 'Omschrijving', 'Bedrag']
    await controller.getByLabel('Jaar').fill('2019')
    await controller
      .getByLabel('Bestand')
      .setInputFiles(csvOf([heads, ['Noord', 'WKprUit', '', '100'], ['centraal', 'WOvbSub', '', 'veel']]))
    await press(controller, 'Lees het bestand')
    const wrong = await main(controller)
    expect(wrong).toContain('Cel A2: “Noord” is geen project')
    expect(wrong).toContain('Cel D3: “veel” is geen bedrag')
    await expectGoodEverywhere(controller)
    expect((await query('SELECT count(*)::int AS n FROM ledger_budgets'))[0].n).toBe(1)

    const good = [
      heads,
      ['Zuid/Oost', 'Uitvoering in de wijken', '=1+1', '2.000,50'],
      ['', 'WOvbSub', '', '3.000'],
    ]
    await controller.getByLabel('Bestand').setInputFiles(csvOf(good))
    await press(controller, 'Lees het bestand')
    expect(await main(controller)).toContain('nog niet bevestigd')
    expect(await main(controller)).toContain('in de plaats van versie 1')
    expect(await main(controller)).toContain('Baten en lasten zijn niet gelijk')
    await expectGoodEverywhere(controller)
    await press(controller, 'Bevestig de begroting')
    expect(await main(controller)).toContain('versie 2')
    expect(await main(controller)).not.toContain('Klopt dit?')

    await controller.goto('/grootboek/projecten/zuid-oost?jaar=2019')
    expect(await main(controller)).toMatch(/Uitvoering in de wijken.*€ 2\.000,50 € 586\.766,75 € 584\.766,25/)
    await expectGoodEverywhere(controller)
    await controller.goto('/grootboek/projecten?jaar=2019')
    await expectGoodEverywhere(controller)
  })
})

describe('periods and the check', () => {
  it('a quarter is closed for good, and takes nothing more', async () => {
    await controller.goto('/grootboek/perioden')
    await expectGoodEverywhere(controller)
    await controller.getByLabel(/Het kwartaal van 1 januari 2019/).check()
    await press(controller, 'Sluit de periode')
    expect(await main(controller)).toContain('Zet een vinkje')
    await expectAccessible(controller)
    await controller.getByLabel(/niet meer opengaat/).check()
    await press(controller, 'Sluit de periode')
    expect(await main(controller)).toContain('1 januari 2019 tot en met 31 maart 2019')
    await expectGoodEverywhere(controller)

    await controller.goto('/grootboek/boekingen/nieuw')
    await controller.getByLabel('Dag').fill('2019-03-31')
    await controller.getByLabel('Omschrijving').fill('Te laat')
    await controller.getByLabel('Stuk').fill('F-1')
    await line(controller, 1, { account: 'WKprUit', debit: '1' })
    await line(controller, 2, { account: 'BLimBan', credit: '1' })
    await press(controller, 'Leg de boeking vast')
    expect(await main(controller)).toContain('De eerste dag waarop u kunt boeken is 2019-04-01')
  })

  it('the check says that the books are right, and what was changed behind them', async () => {
    await controller.goto('/grootboek/controle')
    await press(controller, 'Controleer nu')
    expect(await main(controller)).toContain('Het grootboek klopt')
    await expectGoodEverywhere(controller)
    await test.database.owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica')
      await tx.query(`UPDATE postings SET cents = cents + 100 WHERE account = 'BEivOreRis'`)
    })
    const committee = await browser.pageOf('kascommissie', { viewport: SMALL })
    await committee.goto('/grootboek')
    await follow(committee, 'Controle')
    await press(committee, 'Controleer nu')
    await committee.waitForLoadState()
    const wrong = await main(committee)
    expect(wrong).toContain('Het grootboek klopt niet')
    expect(wrong).toContain('is een boeking veranderd')
    expect(wrong).toMatch(/boeking 2019-6 sluit niet: het verschil is 100 cent/)
    await expectAccessible(committee)
    await test.database.owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica')
      await tx.query(`UPDATE postings SET cents = cents - 100 WHERE account = 'BEivOreRis'`)
    })
  })
})

describe('the ledger leaves the building', () => {
  it('as sheets that say what the pages say', async () => {
    const client = await test.client('kascommissie')
    const sheets = [
      '/grootboek/saldibalans',
      '/grootboek/rekeningen/BLimBan/regels',
      '/grootboek/projecten/centraal/staat',
    ]
    for (const path of sheets) {
      const read = await Promise.all(
        ['csv', 'xlsx'].map(async (kind) => {
          const answer = await fetch(`${test.url}${path}.${kind}?dag=2019-12-31&tot=2019-12-31&jaar=2019`, {
            headers: { cookie: client.cookie },
          })
          expect(answer.status, `${path}.${kind}`).toBe(200)
          const [sheet] = await readSheets({
            name: `x.${kind}`,
            content: Buffer.from(await answer.arrayBuffer()),
          })
          return sheet!.rows.map((row) => row.map(({ text }) => text.replace(',', '.').replace(/\.00?$/, '')))
        }),
      )
      expect(read[0]!.length, path).toBeGreaterThan(1)
      expect(read[1]![0]).toEqual(read[0]![0])
      expect(read[1]!.length).toBe(read[0]!.length)
    }
  })

  it('as an audit file in which debit and credit agree with the books', async () => {
    const client = await test.client('bestuurder')
    const { status, text } = await client.get('/grootboek/2019/xaf')
    expect(status).toBe(200)
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<auditfile xmlns="http:\/\/www.auditfiles.nl\/XAF\/3.2">/,
    )
    expect(text).toContain('Zaalhuur &lt;juni&gt;')
    const lines = [...text.matchAll(/<trLine>.*?<amnt>([\d.]+)<\/amnt><amntTp>([DC])/g)]
    const sum = (side: string) =>
      lines
        .filter(([, , kind]) => kind === side)
        .reduce((all, [, amount]) => all + BigInt(amount!.replace('.', '')), 0n)
    const declared = BigInt(
      /<totalDebit>([\d.]+)</.exec(text.slice(text.indexOf('<transactions>')))![1]!.replace('.', ''),
    )
    expect([sum('D'), sum('C')]).toEqual([declared, declared])
    expect((await client.get('/grootboek/2018/xaf')).status).toBe(404)
    expect((await client.get('/grootboek/niets/xaf')).status).toBe(404)
  })

  it('not to members, who read the statements; in English too, and without JavaScript', async () => {
    const member = await test.client('lid-9')
    expect((await member.get('/grootboek')).status).toBe(403)
    expect((await member.get('/grootboek/projecten/zuid-oost?jaar=2019')).status).toBe(200)
    expect((await member.get('/grootboek/projecten/nergens')).status).toBe(404)
    expect((await (await test.client()).get('/grootboek')).status).toBe(303)
    const bare = await browser.pageOf('bestuurder', { javaScriptEnabled: false, viewport: SMALL })
    await bare.goto('/grootboek?taal=en')
    expect(await main(bare)).toContain('Trial balance on')
    for (const link of ['Periods', 'Accounts']) {
      await bare.goto('/grootboek')
      await follow(bare, link)
      expect(await main(bare)).toContain(link)
    }
    expect(test.app.get(Clock, { strict: false }).today()).toBe('2020-02-15')
  })
})
