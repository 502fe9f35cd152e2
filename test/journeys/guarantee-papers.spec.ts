import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GuaranteeRecords, MeansReminders, YearStatements } from '#guarantees'
import { Clock, Database } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, press, SMALL, TestBrowser } from '../support/browser.js'

const MEANS = '/garanties/draagkracht/2020'

let test: TestApp

beforeAll(async () => {
  test = await startTestApp({ demo: true })
}, 120_000)

afterAll(() => test?.stop())

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)![1]!
/** How many members were written to; one can have two delegates. */
const membersTold = async (notice: string): Promise<number> => {
  const [row] = await test.database.owner.query(
    `SELECT count(DISTINCT split_part(key, ':', 3))::int AS n FROM notices WHERE template = $1`,
    [notice],
  )
  return row.n
}

describe('naar draagkracht', () => {
  it('a member declares its means, sees a proposal, and goes on with it', async () => {
    const browser = await TestBrowser.open(test.url)
    const page = await browser.pageOf('lid-9', { viewport: SMALL })
    await page.goto('/garanties')
    await follow(page, 'Draagkracht 2020')
    await press(page, 'Geef dit op')
    expect(await page.locator('main').textContent()).toContain('Vul het eigen vermogen in, of de inkomsten')
    await expectAccessible(page)
    await page.getByLabel('Eigen vermogen').fill('40.000')
    await page.getByLabel('Inkomsten in een jaar').fill('100.000,50')
    await press(page, 'Geef dit op')
    const shown = plain((await page.locator('main').innerHTML()) ?? '')
    expect(shown).toContain('Uw opgave is vastgelegd')
    expect(shown).toContain('garant staat voor € 10.000,00')
    expect(shown).toContain('U beslist zelf')
    await expectAccessible(page)
    await follow(page, /Ga verder met/)
    expect(await page.getByLabel('Welk bedrag biedt u aan?').inputValue()).toBe('10.000,00')
    await browser.close()
  })

  it('is seen in full by the controller, and as a yes or no by other members', async () => {
    const member = await test.client('lid-4')
    const seen = plain((await member.get(MEANS)).text)
    expect(seen).toContain('7 van de 53 leden gaven iets op')
    for (const amount of ['40.000,00', '180.000,00', '610.000,00']) expect(seen).not.toContain(amount)
    expect((await member.get(`${MEANS}/tabel.csv`)).status).toBe(403)
    const controller = await test.client('controller')
    const whole = plain((await controller.get(MEANS)).text)
    expect(whole).toContain('€ 180.000,00')
    expect(whole).toContain('Vertrouwelijk')
    expect((await controller.get(`${MEANS}/tabel.csv`)).text).toContain('100000,5')
    expect((await controller.get(`${MEANS}/tabel.xlsx`)).status).toBe(200)
    expect((await controller.get('/garanties/draagkracht/2021')).status).toBe(404)
  })
})

describe('a certificate', () => {
  it('is made by the member, and checked by anyone', async () => {
    const member = await test.client('lid-1')
    const form = await member.get('/garanties/certificaten')
    const refused = await member.post('/garanties/certificaten', {
      lid: hidden(form.text, 'lid'),
      dag: '2030-01-01',
    })
    expect([refused.status, plain(refused.text)]).toEqual([
      422,
      expect.stringContaining('Kies een dag die er al is'),
    ])
    const given = { lid: hidden(form.text, 'lid'), dag: '2020-02-15' }
    const made = await member.post('/garanties/certificaten', given)
    expect((await member.post('/garanties/certificaten', given)).location).toBe(made.location)
    expect((await member.get(`${made.location}/certificaat.pdf`)).text.slice(0, 5)).toBe('%PDF-')
    expect((await (await test.client('lid-2')).get(made.location!)).status).toBe(404)
    const check = /\/garanties\/certificaat\?code(?:=|&#x3D;)([\da-f]{16})/.exec(
      (await member.get(made.location!)).text,
    )!
    const passerBy = await test.client()
    const right = plain((await passerBy.get(`/garanties/certificaat?code=${check[1]}`)).text)
    expect(right).toContain('Dit bewijs klopt')
    expect(right).toContain('BuurtWerkKamer Coöperatie (lid 1)')
    await test.app.get(Database).transaction((tx) =>
      test.app.get(GuaranteeRecords, { strict: false }).recordMovement(tx, {
        ...{ memberId: given.lid, type: 'increased', cents: 123_400n, onDay: '2020-02-15' },
        ...{ document: 'Geheime brief', by: null },
      }),
    )
    const changed = plain((await passerBy.get(`/garanties/certificaat?code=${check[1]}`)).text)
    expect(changed).toContain('achterhaald')
    expect(changed).not.toMatch(/7\.234|1\.234|Geheime brief/)
    expect((await passerBy.get('/garanties/certificaat?code=0000+0000+0000+0000')).status).toBe(404)
  })
})

describe('a new year', () => {
  it('brings each holder its statement once, and a reminder to who declared nothing', async () => {
    await test.app.get(Clock, { strict: false }).moveTo(new Date('2021-01-04T09:00:00+01:00'))
    const statements = test.app.get(YearStatements, { strict: false })
    expect(await statements.makeDue('2021-01-04')).toBe(5)
    expect(await statements.makeDue('2021-01-04')).toBe(0)
    expect(await membersTold('guarantees/year-statement')).toBe(5)
    await test.app.get(MeansReminders, { strict: false }).remind('2021-01-04')
    expect(await membersTold('guarantees/means-reminder')).toBe(53)
    const member = await test.client('lid-1')
    const start = plain((await member.get('/mijn')).text)
    expect(start).toContain('Het jaaroverzicht 2020 van BuurtWerkKamer Coöperatie is er')
    expect(start).toContain('Geef de draagkracht van BuurtWerkKamer Coöperatie op voor 2021')
    const own = plain((await member.get('/garanties/jaaroverzicht/2020')).text)
    expect(own).toContain('€ 7.234,00')
    expect(own).not.toContain('Zorgbelang')
    const all = plain((await (await test.client('controller')).get('/garanties/jaaroverzicht/2020')).text)
    expect(all).toContain('Zorgbelang')
    expect(plain((await (await test.client('lid-9')).get('/garanties/jaaroverzicht/2020')).text)).toContain(
      'is er over 2020 geen overzicht',
    )
  })
})
