import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Polls } from '#assemblies'
import { People } from '#identity'
import { Members } from '#members'
import { Clock } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

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

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const moveTo = (instant: string) => test.app.get(Clock).moveTo(new Date(instant))

async function accessibleAtBothWidths(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.setViewportSize(LAPTOP)
  await expectAccessible(page)
}

async function memberOn(number: number, day: string) {
  return (await test.app.get(Members).asOf(day)).find((member) => member.number === number)!
}

describe('ending a membership', () => {
  it('a delegate resigns, seeing the consequences first; the register ends on 1 January', async () => {
    const delegate = await browser.pageOf('lid-7')
    await delegate.goto('/')
    await follow(delegate, 'Zeg op in Samen')
    await accessibleAtBothWidths(delegate)
    await follow(delegate, 'Opzeggen')
    await sees(delegate, /uw laatste dag 31 december 2020/)
    await sees(delegate, 'Toegezegde garantie')
    await accessibleAtBothWidths(delegate)

    await press(delegate, 'Zeg het lidmaatschap op')
    await sees(delegate, 'Zet een vinkje om te laten zien dat u de gevolgen hebt gezien.')
    await accessibleAtBothWidths(delegate)
    await delegate.getByLabel(/Ik zeg op namens/).check()
    await press(delegate, 'Zeg het lidmaatschap op')
    await sees(delegate, 'Loopt: de laatste dag is 31 december 2020')
    await sees(delegate, /^LM-2020-\d+$/)
    await accessibleAtBothWidths(delegate)

    expect((await memberOn(7, '2020-12-31')).mayVote).toBe(true)
    expect(await memberOn(7, '2021-01-01')).toMatchObject({ status: 'former', mayVote: false })
    const { name } = await memberOn(7, '2020-12-31')
    const passerBy = await test.client()
    expect((await passerBy.get('/leden?per=2020-12-31')).text).toContain(name)
    expect((await passerBy.get('/leden?per=2021-01-01')).text).not.toContain(name)

    await delegate.goto('/lidmaatschap')
    await accessibleAtBothWidths(delegate)
  })

  it('an expelled member is suspended at once, votes no longer, and has left when no appeal came', async () => {
    const director = await browser.pageOf('bestuurder')
    await director.goto('/lidmaatschappen')
    await accessibleAtBothWidths(director)
    await director.goto('/lidmaatschappen/8')
    await accessibleAtBothWidths(director)
    await follow(director, 'Ontzet dit lid')
    await sees(director, /in beroep bij de ALV/)
    await accessibleAtBothWidths(director)
    await director
      .getByLabel('Reden', { exact: true })
      .fill('Handelde in strijd met artikel 4 van de statuten.')
    await director.getByLabel(/Ik heb de gevolgen/).check()
    await press(director, 'Ontzet dit lid')
    await sees(director, /^Geschorst; beroep kan tot en met/)
    await accessibleAtBothWidths(director)
    const departure = new URL(director.url()).pathname

    const delegate = await browser.pageOf('lid-8')
    await delegate.goto('/mijn')
    await follow(delegate, /Ga in beroep/)
    await accessibleAtBothWidths(delegate)

    expect(await electorsOfAPoll()).not.toContain((await memberOn(8, '2020-02-20')).id)

    await moveTo('2020-03-20T09:00:00+01:00')
    await director.goto('/mijn')
    await follow(director, /Rond de ontzetting van/)
    await accessibleAtBothWidths(director)
    await director.getByRole('radio', { name: /Er kwam geen beroep/ }).check()
    await press(director, 'Leg vast')
    await sees(director, 'Ontzet: er kwam geen beroep')
    expect(new URL(director.url()).pathname).toBe(departure)
    expect((await memberOn(8, '2020-03-19')).status).toBe('suspended')
    expect((await memberOn(8, '2020-03-20')).status).toBe('former')
  })

  it('a member asks for the other kind, and the director decides', async () => {
    const delegate = await browser.pageOf('lid-9')
    await delegate.goto('/lidmaatschap')
    await follow(delegate, 'Ander soort lid worden')
    await accessibleAtBothWidths(delegate)
    await delegate.getByLabel('Waarom wilt u dit?').fill('Wij willen steunen en niet stemmen.')
    await delegate.getByLabel(/Ik vraag dit namens/).check()
    await press(delegate, 'Vraag dit aan')
    await sees(delegate, 'Wacht op het besluit van de bestuurder')

    const director = await browser.pageOf('bestuurder')
    await director.goto('/mijn')
    await follow(director, /Beslis over het soort lidmaatschap/)
    await director.getByRole('radio', { name: /Goedkeuren/ }).check()
    await press(director, 'Leg vast')
    await sees(director, 'Goedgekeurd')
    expect((await memberOn(9, '2020-03-20')).kind).toBe('supporting')
  })
})

/** Opens the first poll of the assembly of that evening. @returns the members that may vote in it */
async function electorsOfAPoll(): Promise<string[]> {
  const { owner } = test.database
  const [assembly] = await owner.query(
    `SELECT id, starts_at FROM assemblies WHERE ended_at IS NULL ORDER BY starts_at LIMIT 1`,
  )
  const [motion] = await owner.query(
    `SELECT id FROM motions WHERE assembly_id = $1 ORDER BY position LIMIT 1`,
    [assembly.id],
  )
  await moveTo(new Date(assembly.starts_at.getTime() + 300_000).toISOString())
  const person = await test.app.get(People).withAddress('voorzitter@example.org')
  const chair = await test.app.get(People).visitor(person!.id)
  const poll = await test.app.get(Polls).open(assembly.id, motion.id, chair!)
  const electors: { member: string }[] = await owner.query(
    `SELECT member_id AS member FROM electors WHERE poll_id = $1`,
    [poll],
  )
  return electors.map(({ member }) => member)
}
