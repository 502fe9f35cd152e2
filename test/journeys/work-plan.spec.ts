import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Clock } from '#platform'
import { WorkPlans } from '#work-plans'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'
import { samplePdf } from '../support/sample-files.js'

const PLAN = '/werkplan/2020'

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

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const pdfOf = (text: string) => ({
  name: `${text}.pdf`,
  mimeType: 'application/pdf',
  buffer: samplePdf(text),
})

describe('the plan of 2019, as the demo has it', () => {
  it('shows every member the goals, what was agreed and what was judged', async () => {
    const member = await browser.pageOf('lid-9', { viewport: SMALL })
    await member.goto('/werkplan')
    await expectAccessible(member)
    await follow(member, '2019')
    const shown = await main(member)
    expect(shown).toContain('Afgesproken met de gemeente op 20 december 2018')
    expect(shown).toContain('2 van de 8 doelen zijn beoordeeld')
    expect(shown).toContain('Noordoost/Overvecht')
    await expectAccessible(member)
    await follow(member, 'Doel 5')
    expect(await main(member)).toContain('Voor de vierde plek was geen ruimte')
    await expectAccessible(member)
    await member.goto('/werkplan/2019/verdeling')
    expect(await main(member)).toContain('4.763.877,00')
    await expectAccessible(member)
    const client = await test.client('lid-9')
    expect((await client.get('/werkplan/2019/versies/1/afspraak.pdf')).status).toBe(200)
    expect((await client.get('/werkplan/2019/versies/2/afspraak.pdf')).status).toBe(404)
    expect((await client.get('/werkplan/2019/doelen')).status).toBe(403)
  })

  it('is judged further: proposed by the serviceteam, confirmed by the kascommissie', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto('/werkplan/2019/doelen/doel-7/oordeel')
    await director.getByLabel('niet gehaald').check()
    await director.getByLabel('Waaruit blijkt dat?').fill('Twee groepen hebben een sleutel.')
    await press(director, 'Doe dit voorstel')
    expect(await director.getByRole('button', { name: 'Leg uw antwoord vast' }).count()).toBe(0)
    const committee = await browser.pageOf('kascommissie', { viewport: SMALL })
    await committee.goto('/mijn')
    await follow(committee, 'Oordeel over een doel van 2019')
    await committee.getByLabel('Ja, ik bevestig het').check()
    await press(committee, 'Leg uw antwoord vast')
    expect(await main(committee)).toContain('Kascommissie is het ermee eens')
    await expectAccessible(committee)
  })
})

describe('a plan from the first goal to the judgement', () => {
  it('is written by the serviceteam and changed by the teamleider', async () => {
    const team = await browser.pageOf('serviceteam', { viewport: SMALL })
    await team.goto(PLAN)
    await follow(team, 'Schrijf aan de doelen')
    await expectAccessible(team)
    await press(team, 'Voeg het doel toe')
    expect(await main(team)).toContain('Schrijf het doel op')
    await expectAccessible(team)
    await team.getByLabel('Doel', { exact: true }).fill('In elke buurt is een plek om elkaar te ontmoeten.')
    await press(team, 'Voeg het doel toe')
    await team.getByLabel('Voor welk gebied').selectOption('leidsche-rijn')
    await team.getByLabel('Doel', { exact: true }).fill('Er komt een buurtcentrum.')
    await press(team, 'Voeg het doel toe')
    await expectAccessible(team)

    const lead = await browser.pageOf('teamleider', { viewport: LAPTOP })
    await lead.goto(`${PLAN}/doelen`)
    await follow(lead, /Wijzig.*Doel 1/)
    await expectAccessible(lead)
    await lead.getByLabel(/Waaraan ziet u/).fill('12 van de 14 buurten')
    await press(lead, 'Bewaar het doel')
    expect(await main(lead)).toContain('Dat blijkt uit: 12 van de 14 buurten')
  })

  it('is recorded by the director and confirmed by the gemeente', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: SMALL })
    await director.goto(PLAN)
    await expectAccessible(director)
    await press(director, 'Leg vast als afgesproken')
    expect(await main(director)).toContain('Kies een dag')
    await director.getByLabel('Dag van de afspraak').fill('2020-02-14')
    await director.getByLabel('De afspraak', { exact: true }).setInputFiles(pdfOf('Werkplan 2020'))
    await press(director, 'Leg vast als afgesproken')
    expect(await main(director)).toContain('wacht op de gemeente')

    const municipality = await browser.pageOf('gemeente', { viewport: SMALL })
    await municipality.goto('/mijn')
    await follow(municipality, 'Bevestig het werkplan 2020')
    await expectAccessible(municipality)
    await municipality.getByLabel('Nee, dit klopt niet').check()
    await press(municipality, 'Leg uw antwoord vast')
    expect(await main(municipality)).toContain('Schrijf wat er niet klopt')
    await expectAccessible(municipality)
    await municipality.getByLabel('Ja, dit is afgesproken').check()
    await press(municipality, 'Leg uw antwoord vast')
    expect(await main(municipality)).toContain('Bevestigd door Gemeente Utrecht')
  })

  it('changes by a new version with a reason, shown as a difference', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto(`${PLAN}/doelen`)
    await director
      .getByRole('link', { name: /Wijzig/ })
      .last()
      .click()
    await director.getByLabel('Doel', { exact: true }).fill('Er komen twee buurtcentra.')
    await press(director, 'Bewaar het doel')
    await director.goto(PLAN)
    expect(await main(director)).toContain('Er komt een buurtcentrum.')
    await director.getByLabel('Dag van de afspraak').fill('2020-02-15')
    await director.getByLabel('De afspraak', { exact: true }).setInputFiles(pdfOf('Anders'))
    await director.getByLabel('Waarom komt er een nieuwe versie?').fill('De gemeente geeft er een bij.')
    await press(director, 'Leg vast als afgesproken')
    await follow(director, 'Bekijk versie 2')
    expect(await main(director)).toContain('De gemeente geeft er een bij')
    await expectAccessible(director)
    const municipality = await browser.pageOf('gemeente', { viewport: LAPTOP })
    await municipality.goto(PLAN)
    await municipality.getByLabel('Ja, dit is afgesproken').check()
    await press(municipality, 'Leg uw antwoord vast')
    expect(await main(municipality)).toContain('Er komen twee buurtcentra.')
  })

  it('is judged after the year, by two who see it differently at first', async () => {
    await test.app.get(Clock, { strict: false }).moveTo(new Date('2021-01-11T10:00:00+01:00'))
    const team = await browser.pageOf('serviceteam', { viewport: SMALL })
    await team.goto('/mijn')
    await follow(team, 'Beoordeel de doelen van 2020')
    await follow(team, 'Doel 1')
    await expectAccessible(team)
    await press(team, 'Doe dit voorstel')
    expect(await main(team)).toContain('Kies of het doel is gehaald')
    await expectAccessible(team)
    await team.getByLabel('gehaald', { exact: true }).check()
    await team.getByLabel('Waaruit blijkt dat?').fill('In 12 buurten is een plek.')
    await team.getByLabel('Bestanden').setInputFiles(pdfOf('Telling'))
    await press(team, 'Doe dit voorstel')
    expect(await main(team)).toContain('wacht op bevestiging')

    const municipality = await browser.pageOf('gemeente', { viewport: SMALL })
    await municipality.goto('/mijn')
    await follow(municipality, 'Oordeel over een doel van 2020')
    await expectAccessible(municipality)
    await municipality.getByLabel('Nee, ik zie het anders').check()
    await municipality.getByLabel('Hoe ziet u het?').fill('Wij tellen er 10.')
    await press(municipality, 'Leg uw antwoord vast')
    expect(await main(municipality)).toContain('Gemeente Utrecht ziet het anders')
    await expectAccessible(municipality)

    await team.reload()
    await team.getByLabel('deels gehaald').check()
    await team.getByLabel('Waaruit blijkt dat?').fill('In 10 buurten is een plek.')
    await press(team, 'Doe dit voorstel')
    await municipality.goto('/mijn')
    await follow(municipality, 'Oordeel over een doel van 2020')
    await municipality.getByLabel('Ja, ik bevestig het').check()
    await press(municipality, 'Leg uw antwoord vast')
    const shown = await main(municipality)
    expect(shown).toContain('Gemeente Utrecht is het ermee eens')
    expect(shown).toContain('Wij tellen er 10.')
    const { goals } = await test.app.get(WorkPlans, { strict: false }).judgementOf(2020)
    expect(goals.map(({ verdict }) => verdict)).toEqual(['partly', null])
  })
})

describe('the division of the subsidy', () => {
  it('is proposed with a shift between wijken and agreed with the gemeente', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: SMALL })
    await director.goto(`${PLAN}/verdeling`)
    await expectAccessible(director)
    await director.getByLabel('Uitvoeringsbudget').fill('5.000.000')
    await director.getByLabel('Verschuiving voor Leidsche Rijn').fill('1.000')
    await press(director, 'Stel deze verdeling voor')
    expect(await main(director)).toContain('De verschuivingen zijn samen niet nul')
    expect(await main(director)).toContain('Schrijf erbij waarom deze wijk meer of minder krijgt')
    await expectAccessible(director)
    await director.getByLabel('Reden voor Leidsche Rijn').fill('Meer nieuwe bewoners')
    await director.getByLabel('Verschuiving voor Zuid/Oost').fill('-1.000')
    await director.getByLabel('Reden voor Zuid/Oost').fill('Een plek minder')
    await press(director, 'Stel deze verdeling voor')
    expect(await main(director)).toContain('Leidsche Rijn krijgt € 1.000,00 meer: Meer nieuwe bewoners')
    await director.getByLabel('Dag van de afspraak').fill('2021-01-10')
    await press(director, 'Leg de instemming vast')
    expect(await main(director)).toContain('De gemeente stemde in met voorstel 1')
    await expectAccessible(director)
  })

  it('in English, and without JavaScript', async () => {
    const page = await browser.pageOf('lid-9', { viewport: LAPTOP, colorScheme: 'dark' })
    for (const path of ['/werkplan', PLAN, `${PLAN}/verdeling`, `${PLAN}/versies/1`]) {
      await page.goto(`${path}?taal=en`)
      expect(await main(page)).toMatch(/Work plan|work plan|Division/)
      await expectAccessible(page)
    }
    const bare = await browser.pageOf('serviceteam', { javaScriptEnabled: false, viewport: SMALL })
    await bare.goto('/werkplan/2022/doelen')
    await bare.getByLabel('Doel', { exact: true }).fill('Zonder script.')
    await press(bare, 'Voeg het doel toe')
    expect(await main(bare)).toContain('Zonder script.')
    const client = await test.client('lid-9')
    for (const year of ['1999', 'x', '2050'])
      expect((await client.get(`/werkplan/${year}`)).status, year).toBe(404)
  })
})
