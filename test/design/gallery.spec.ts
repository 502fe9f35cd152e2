import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOn } from '../support/axe.js'
import { designTemplates } from './gallery.js'
import { galleryModel } from './gallery-model.js'

const ROOT = join(import.meta.dirname, '../..')
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'"

let folder: string
let server: Server
let browser: Browser
let address: string
let assets: Record<string, string>
let posts = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'samen-gallery-'))
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-assets.mjs')], {
    env: { ...process.env, SAMEN_ASSETS_OUT: folder },
  })
  assets = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const page = designTemplates()(join(ROOT, 'test/design/gallery.hbs'), { ...galleryModel, assets })
  server = createServer((request, response) => {
    if (request.method === 'POST') {
      posts += 1
      response.statusCode = 204 // no answer to show: the page stays where it is
      response.end()
      return
    }
    const file = /^\/public\/(.+\.(css|js))$/.exec(request.url ?? '')
    response.setHeader('content-security-policy', POLICY)
    response.setHeader(
      'content-type',
      file ? (file[2] === 'css' ? 'text/css' : 'text/javascript') : 'text/html',
    )
    response.end(file ? readFileSync(join(folder, file[1]!)) : page)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') throw new Error(message.text())
  })
  await page.goto(address)
  return page
}

const tooWide = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe('the building blocks', () => {
  it.each([
    [320, 'light'],
    [320, 'dark'],
    [1180, 'light'],
    [1180, 'dark'],
    [1440, 'light'],
  ] as const)(
    'axe finds nothing and nothing sticks out at %i px, %s',
    async (width, colorScheme) => {
      const page = await open({ viewport: { width, height: 900 }, colorScheme })
      await page.click('.samen-menu summary')
      expect(await violationsOn(page)).toEqual([])
      expect(await tooWide(page)).toBe(0)
      await page.context().close()
    },
    30_000,
  )

  it('holds when only the text is twice as large', async () => {
    const page = await open({ viewport: { width: 640, height: 900 } })
    await page.evaluate("document.documentElement.classList.add('twice')")
    await page.evaluate("document.styleSheets[0].insertRule('html.twice { font-size: 200% }', 0)")
    expect(await tooWide(page)).toBe(0)
    await page.context().close()
  })

  it('stays within its bytes', () => {
    const gzipped = (name: string) => readFileSync(join(folder, `${assets[name]}.gz`)).length
    expect(gzipped('samen.css')).toBeLessThan(15_000)
    expect(gzipped('enhance.js')).toBeLessThan(3_000)
  })
})

describe('what the browser module adds', () => {
  it('puts the focus on the errors, and a line in them goes to its field', async () => {
    const page = await open({ viewport: { width: 390, height: 800 } })
    expect(await page.evaluate("document.activeElement.hasAttribute('data-error-summary')")).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('veld-bedrag')
    await page.context().close()
  })

  it('sends a form once, however often the button is pressed', async () => {
    const page = await open({ viewport: { width: 390, height: 800 } })
    posts = 0
    const button = page.getByRole('button', { name: 'Breng uw stem uit' })
    await page.evaluate(
      '[1, 2, 3].forEach(() => document.querySelector(\'form[action="/stem"] button\').click())',
    )
    await expect.poll(() => posts).toBe(1)
    await page.waitForTimeout(100)
    expect(posts).toBe(1)
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    expect(await page.textContent('#samen-busy')).toBe('Bezig…')
    await page.context().close()
  })

  it('closes the menu with Escape and gives the focus back', async () => {
    const page = await open({ viewport: { width: 390, height: 800 } })
    await page.click('.samen-menu summary')
    await page.keyboard.press('Escape')
    expect(await page.getAttribute('.samen-menu', 'open')).toBeNull()
    await page.context().close()
  })

  it('without it the page works all the same, and shows no button that does nothing', async () => {
    const page = await open({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false })
    expect(await page.isVisible('button[data-print]')).toBe(false)
    await page.click('.samen-menu summary')
    expect(await page.isVisible('.samen-menu__panel')).toBe(true)
    await page.context().close()
  })
})
