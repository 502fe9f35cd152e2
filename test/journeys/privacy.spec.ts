import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Guarantees } from '#guarantees'
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

const moveTo = (instant: string) => test.app.get(Clock).moveTo(new Date(instant))

async function accessible(page: Awaited<ReturnType<TestBrowser['pageOf']>>): Promise<void> {
  for (const size of [SMALL, LAPTOP]) {
    await page.setViewportSize(size)
    await expectAccessible(page)
  }
}

/** The numbers of members that stand surety, and of those that do not, among those with a delegate in the demo. */
async function numbers(): Promise<{ surety: number; free: number }> {
  const held = new Set((await test.app.get(Guarantees).holdersOn('2020-02-15')).map(({ number }) => number))
  const members = (await test.app.get(Members).asOf('2020-02-15')).filter(({ status }) => status === 'member')
  const delegates: { number: number }[] = await test.database.owner.query(
    `SELECT m.number FROM people p JOIN members m ON p.email = 'lid-' || m.number || '@example.org'`,
  )
  const has = (number: number) => delegates.some((one) => one.number === number)
  const surety = members.find(({ number }) => held.has(number) && has(number))!
  const free = members.findLast(({ number }) => !held.has(number) && has(number))!
  return { surety: surety.number, free: free.number }
}

describe('the complete file of a member', () => {
  it('its delegate reads it, and takes it along as JSON and as PDF', async () => {
    const delegate = await browser.pageOf('lid-7')
    await delegate.goto('/leden/7/dossier')
    await delegate.getByRole('heading', { name: 'Wat erin staat' }).waitFor()
    await accessible(delegate)

    const client = await test.client('lid-7')
    const answer = await client.get('/leden/7/dossier.json')
    expect(answer.status).toBe(200)
    const file = JSON.parse(answer.text)
    expect(file).toMatchObject({ format: 'samen-dossier', version: 1, member: { number: 7 } })
    const people = file.sections.find(({ key }: { key: string }) => key === 'identity.dossier.people')
    expect(people.rows).toContainEqual(
      expect.objectContaining({ email: 'lid-7@example.org', role: 'delegate' }),
    )

    const response = await fetch(`${test.url}/leden/7/dossier.pdf`, { headers: { cookie: client.cookie } })
    expect(response.headers.get('content-type')).toContain('application/pdf')
    expect(response.headers.get('content-disposition')).toContain('dossier-lid-7.pdf')
    const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()))
    const { text } = await extractText(pdf, { mergePages: true })
    expect(text.replace(/\s+/g, ' ')).toContain('lid-7@example.org')
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
  })

  it('is closed to the delegate of another member, and to who is not signed in', async () => {
    const other = await test.client('lid-8')
    for (const path of ['/leden/7/dossier', '/leden/7/dossier.json', '/leden/7/dossier.pdf']) {
      expect((await other.get(path)).status, path).toBe(403)
      expect((await (await test.client()).get(path)).location, path).toMatch(/^\/inloggen\?naar=/)
    }
    expect((await other.get('/leden/7/anonimiseren')).status).toBe(403)
    expect((await other.get('/leden/99999/dossier')).status).toBe(404)
    expect((await (await test.client('serviceteam')).get('/leden/7/dossier.pdf')).status).toBe(200)
  })
})

describe('erasing the people of a former member', () => {
  it('waits while a guarantee is open, and is done for a member without one, a year later', async () => {
    const { surety, free } = await numbers()
    for (const number of [surety, free]) {
      const delegate = await browser.pageOf(`lid-${number}`)
      await delegate.goto('/lidmaatschap/opzeggen')
      await delegate.getByLabel(/Ik zeg op namens/).check()
      await press(delegate, 'Zeg het lidmaatschap op')
      await delegate.getByText(/Loopt: de laatste dag is 31 december 2020/).waitFor()
    }
    await moveTo('2021-02-01T12:00:00+01:00')
    const director = await browser.pageOf('bestuurder')
    await director.goto(`/leden/${surety}/anonimiseren`)
    await director.getByText(/Er staat een garantie open/).waitFor()
    await director.getByText('Kan vanaf 1 januari 2022.').waitFor()
    expect(await director.getByRole('button', { name: 'Wis deze gegevens' }).count()).toBe(0)
    await accessible(director)

    await moveTo('2022-01-01T12:00:00+01:00')
    const page = await director.goto(`/leden/${free}/anonimiseren`)
    expect(page?.status()).toBe(200)
    await accessible(director)
    await press(director, 'Wis deze gegevens')
    await director.getByText('Zet een vinkje om te laten zien').first().waitFor()
    await director.getByLabel(/Ik heb gezien wat er van/).check()
    await press(director, 'Wis deze gegevens')
    await director.getByRole('heading', { name: 'De persoonsgegevens zijn gewist' }).waitFor()
    await accessible(director)

    await director.goto(`/leden/${free}`)
    await director.getByText('Persoonsgegevens van de mensen van dit lid gewist').waitFor()
    const { text } = await (await test.client('bestuurder')).get(`/leden/${free}/dossier.json`)
    expect(text).not.toContain(`lid-${free}@example.org`)
    const refused = await (await test.client('bestuurder')).post(`/leden/${surety}/anonimiseren`, {
      akkoord: 'ja',
    })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('Er staat nog een garantie open.')
  })
})

it('everyone can read what is kept and how long', async () => {
  const visitor = await browser.pageOf(null)
  await visitor.goto('/')
  await follow(visitor, 'Privacy')
  await visitor.getByText('30 dagen na de laatste wijziging').first().waitFor()
  await accessible(visitor)
})
