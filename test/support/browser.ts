import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { projectRoot } from '#platform'
import { violationsOn } from './axe.js'
import { HttpClient } from './http-client.js'

export const PHONE = { width: 390, height: 844 }
export const SMALL = { width: 320, height: 640 }
export const LAPTOP = { width: 1180, height: 850 }

/** A real Chromium; each person gets a context of their own. */
export class TestBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async open(url: string): Promise<TestBrowser> {
    const browser = await chromium.launch({
      executablePath: inject('services').chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    return new TestBrowser(browser, url)
  }

  /** A page of a demo person (`voorzitter`, `lid-7`), signed in; or of a passer-by. */
  async pageOf(
    who: string | null,
    options: {
      viewport?: { width: number; height: number }
      javaScriptEnabled?: boolean
      colorScheme?: 'light' | 'dark'
    } = {},
  ): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: LAPTOP,
      baseURL: this.url,
      locale: 'nl-NL',
      timezoneId: 'Europe/Amsterdam',
      // Colours that still change would be measured half-way.
      reducedMotion: 'reduce',
      ...options,
    })
    if (who) await this.takeSessionOver(context, who)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return page
  }

  async close(): Promise<void> {
    await this.browser.close()
  }

  private async takeSessionOver(context: BrowserContext, who: string): Promise<void> {
    const client = new HttpClient(this.url)
    await client.signInAs(who)
    await context.addCookies(
      client.cookieList().map((cookie) => ({ ...cookie, url: this.url, httpOnly: true })),
    )
  }
}

/** Presses the first button of this name, and waits until the page that it leads to has been read. */
export const press = (page: Page, name: string | RegExp, options: { exact?: boolean } = {}) =>
  clickAndRead(page, page.getByRole('button', { name, ...options }))

/** Follows the first link of this name, and waits until the page that it leads to has been read. */
export const follow = (page: Page, name: string | RegExp, options: { exact?: boolean } = {}) =>
  clickAndRead(page, page.getByRole('link', { name, ...options }))

/** A click ends when the browser begins to receive the next page: what is counted then may not be there yet. */
async function clickAndRead(page: Page, target: Locator): Promise<void> {
  await target.first().click()
  await page.waitForLoadState('domcontentloaded')
}

/**
 * Axe finds nothing (WCAG 2.2 AA), and the page does not scroll sideways.
 * @param only the rules to look at, when all others were looked at before
 */
export async function expectAccessible(page: Page, only?: string[]): Promise<void> {
  const violations = await violationsOn(page, only)
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
  expect(found, page.url()).toEqual([])
  const sideways = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(sideways, `${page.url()} scrolls sideways at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(
    0,
  )
}

/** Keeps a picture for the README, when asked for with SAMEN_SCREENSHOTS=1. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SAMEN_SCREENSHOTS !== '1') return
  const folder = join(projectRoot, 'docs/screenshots')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
