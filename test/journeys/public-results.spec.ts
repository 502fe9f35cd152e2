import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, keepScreenshot, LAPTOP, SMALL, TestBrowser } from '../support/browser.js'

const QUARTER = '/wijken/oost/2019-Q1'
const WIDTHS = [SMALL, { width: 360, height: 740 }, LAPTOP]

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp()
  browser = await TestBrowser.open(test.url)
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const fetched = (path: string, headers: Record<string, string> = {}) =>
  fetch(test.url + path, { headers, redirect: 'manual' })

describe('the account to the buurt', () => {
  it('leads a passer-by from home to the results of a quarter, in words that stand by themselves', async () => {
    const page = await browser.pageOf(null)
    await page.goto('/')
    await follow(page, 'Bekijk uw wijk')
    for (const size of WIDTHS) {
      await page.setViewportSize(size)
      await expectAccessible(page)
    }
    await follow(page, 'Oost', { exact: true })
    await expectAccessible(page)
    await follow(page, '1e kwartaal 2019')
    for (const size of WIDTHS) {
      await page.setViewportSize(size)
      await expectAccessible(page)
    }
    const text = await page.locator('main').textContent()
    for (const part of [
      'De doelen',
      'Wat ging goed',
      'Het geld',
      'Vrijwilligers',
      'Eigen middelen',
      'volledige baan',
    ])
      expect(text).toContain(part)
    await page.locator('summary', { hasText: 'Alle bedragen' }).click()
    await keepScreenshot(page, 'public-results')
    await page.context().close()
  })

  it('shows the infographic in the page, with the same in words, and fit to print', async () => {
    const page = await browser.pageOf(null)
    await page.goto(`${QUARTER}/infographic`)
    const drawing = page.getByRole('img', { name: /^Oost: wat kwam ervan terecht/ })
    expect(await drawing.count()).toBe(1)
    expect(await drawing.locator('desc').textContent()).toMatch(/doelen .*€/)
    expect(await page.getByRole('table').count()).toBe(2)
    for (const size of WIDTHS) {
      await page.setViewportSize(size)
      await expectAccessible(page)
    }
    await keepScreenshot(page, 'infographic')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false)
    expect(await drawing.isVisible()).toBe(true)
    const paper = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' })))
    expect(paper.numPages).toBe(1)
    await page.context().close()
  })

  it('reads as well in English, in the dark, within 60 kB', async () => {
    const page = await browser.pageOf(null, { colorScheme: 'dark' })
    await page.goto('/wijken?taal=en')
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    for (const path of ['/wijken', '/wijken/oost', QUARTER, `${QUARTER}/infographic`]) {
      let bytes = 0
      const count = ({ encodedDataLength }: { encodedDataLength: number }) => {
        bytes += encodedDataLength
      }
      await network.send('Network.clearBrowserCache')
      network.on('Network.loadingFinished', count)
      await page.goto(path, { waitUntil: 'load' })
      network.off('Network.loadingFinished', count)
      expect(bytes, path).toBeLessThanOrEqual(60_000)
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      await expectAccessible(page)
    }
    expect(await page.locator('main').textContent()).toContain('What went well')
    await page.context().close()
  })

  it('gives files that can do nothing, and that caches may keep', async () => {
    const listed = await (await fetched(`${QUARTER}/infographic`)).text()
    const files = [...listed.matchAll(/href="([^"]*infographic\.(svg|png|pdf)[^"]*)"/g)].map(([, href]) =>
      href!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    )
    expect(files).toHaveLength(4)
    for (const file of files) {
      const answer = await fetched(file)
      expect(answer.status, file).toBe(200)
      expect(answer.headers.get('cache-control'), file).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('content-security-policy'), file).toContain("default-src 'none'")
      expect(answer.headers.get('x-content-type-options'), file).toBe('nosniff')
      const etag = answer.headers.get('etag')!
      await answer.arrayBuffer()
      const again = await fetched(file, { 'if-none-match': `"other", W/${etag}` })
      expect([again.status, await again.text()], file).toEqual([304, ''])
      const bare = await fetched(file.replace(/[?&]v=[^&]+/, ''))
      expect(bare.headers.get('cache-control'), file).toBe('public, no-cache')
      await bare.arrayBuffer()
    }
    const png = Buffer.from(await (await fetched(`${QUARTER}/infographic.png`)).arrayBuffer())
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1654, 2339])
    const svg = await (await fetched(`${QUARTER}/infographic.svg`)).text()
    expect(svg).toMatch(/^<svg [^>]*role="img"/)
    expect(svg).not.toMatch(/<script|<style|<image|\son\w+=|href="(?!#)/)
  })

  it.each([
    ['A4', 595, 842],
    ['A3', 842, 1191],
  ])('prints on %s as one page that can be searched', async (paper, width, height) => {
    const answer = await fetched(`${QUARTER}/infographic.pdf?formaat=${paper}`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const file = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()))
    expect(file.numPages).toBe(1)
    const [, , right, top] = (await file.getPage(1)).view
    expect([Math.round(right!), Math.round(top!)]).toEqual([width, height])
    const { text } = await extractText(file, { mergePages: true })
    expect(text).toContain('Waardoor kwam dat')
    expect(text).toMatch(/Oost\s*1e kwartaal 2019/)
  })

  it('says which papers there are when it does not know one', async () => {
    const answer = await fetched(`${QUARTER}/infographic.pdf?formaat=A0`)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Kies voor het papier A4 of A3')
  })

  it('knows nothing of what is not approved', async () => {
    const open = await unapproved()
    expect(open.length).toBeGreaterThan(0)
    for (const path of [
      ...open,
      '/wijken/nergens',
      '/wijken/oost/2019-Q9',
      '/wijken/oost/1999-Q1',
      '/wijken/uitvoering',
    ])
      for (const part of path.split('/').length > 3 ? ['', '/infographic', '/infographic.svg'] : [''])
        expect((await fetched(path + part)).status, path + part).toBe(404)
    const overview = await (await fetched('/wijken')).text()
    for (const path of open) expect(overview).not.toContain(path)
  })

  it('names no person, and no count of people under five', async () => {
    const people: { name: string }[] = await test.database.owner.query(
      `SELECT name FROM people WHERE name LIKE '% %'`,
    )
    const overview = await (await fetched('/wijken')).text()
    const areas = [...new Set(overview.match(/\/wijken\/[\w-]+(?=")/g))]
    expect(areas.length).toBeGreaterThan(0)
    for (const area of areas) {
      const listed = await (await fetched(area)).text()
      for (const quarter of new Set(listed.match(/\/wijken\/[\w-]+\/\d{4}-Q\d(?=")/g))) {
        const shown =
          (await (await fetched(quarter)).text()) + (await (await fetched(`${quarter}/infographic`)).text())
        expect(
          people.filter(({ name }) => shown.includes(name)),
          quarter,
        ).toEqual([])
        expect(shown, quarter).not.toMatch(/>[0-4] (vrijwilligers|mensen|deelnemers)/)
      }
    }
  })
})

/** Addresses of quarters that were begun but are not approved. */
async function unapproved(): Promise<string[]> {
  const client = await test.client('serviceteam')
  const { text } = await client.get('/verantwoording')
  const reports = [...new Set(text.match(/\/verantwoording\/[\w-]+\/\d{4}-Q\d(?=")/g))]
  const paths = reports.map((path) => path.replace('/verantwoording', '/wijken'))
  const answers = await Promise.all(
    paths.map(async (path) => ({ path, status: (await fetched(path)).status })),
  )
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  return answers.filter(({ status }) => status !== 200).map(({ path }) => path)
}
