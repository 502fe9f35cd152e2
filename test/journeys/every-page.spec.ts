import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { LANGUAGE_COOKIE, Messages, PERMISSIONS, type Permissions } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, LAPTOP, SMALL, TestBrowser } from '../support/browser.js'
import type { HttpClient } from '../support/http-client.js'

/** Who walks through the cooperative; `null` is a passer-by. */
const walkers = [
  null,
  'lid-1',
  'voorzitter',
  'penningmeester',
  'serviceteam',
  'bestuurder',
  'secretaris',
  'beheer',
]
const ENTRANCES = [
  ...[
    '/',
    '/inloggen',
    '/inloggen/code',
    '/inloggen/opnieuw?naar=/alv',
    '/leden',
    '/statuten',
    '/demo',
    '/demo/mensen',
    '/demo/postvak',
  ],
  ...[
    '/aanmelden',
    '/aanmeldingen',
    '/aanmeldingen/criteria',
    '/lidmaatschap',
    '/lidmaatschappen',
    '/leden/7',
    '/leden/7/anonimiseren',
  ],
  ...['/lidmaatschappen/7', '/lidmaatschappen/7/schorsing', '/lidmaatschap/opzeggen', '/lidmaatschap/soort'],
  ...['/functies', '/functies/kascommissie', '/functies/kascommissie/benoeming', '/leden/1/mandaten'],
  ...['/leden/import'],
  ...['/organisatie', '/organisatie/1', '/organisatie/1/wijziging', '/wijzigingen'],
  ...['/grootboek', '/grootboek/projecten', '/grootboek/perioden', '/wijkadministratie'],
  ...[
    '/mijn',
    '/alv',
    '/besluiten',
    '/afspraken',
    '/verantwoording',
    '/garanties',
    '/risicomarge',
    '/berichten',
  ],
  ...['/werkplan', '/verantwoording/stand'],
  ...['/bank', '/bank/regels/nieuw', '/garanties/aanspraken'],
  ...['/betalingen', '/betalingen/mijn', '/betalingen/rekeningen'],
  ...['/verantwoording/oost/2019-Q4/bijlagen'],
  ...['/ingrepen', '/afspraken/oost/ingrepen'],
]
/** These answer with a file or a word, not with a page. */
const NO_PAGE =
  /^GET \/gezond$|\/bestand$|\/(bewijs|bijlagen)\/:bestand$|\.json$|\.pdf$|\.csv$|\.xlsx$|\.zip$|\.xml$|\.ics$|\/infographic\.(svg|png)$|\/stukken\/:stuk\/:versie$|\/stroom$|\/fouten$|\/versies\/:nummer\/pdf$|\/werkmap$|\/xaf$/
/** These need a state that a journey of their own makes; it looks at them as closely. */
const OWN_JOURNEY =
  /\/leden\/import\/:id|\/aanmelden\/:sleutel|\/lidmaatschap\/zaken\/|\/wijzigingen\/:id|\/bezwaar\/:sleutel|\/stemmingen\/:id\/(betwisting|ongeldigverklaring|papier|tweede-vergadering)|\/vooraf-stemmen$|\/schorsing$|\/voorstellen\/:id\/wijziging|\/scherm$|\/amendementen\/:id$|\/notulen|\/alv\/:id\/agenda|\/alv\/:id\/wijziging|\/alv\/verzoeken\/:id$|\/zonder-vergadering\/:id$|\/concepten\/:id\/tekst\/:deel$|\/:kwartaal\/(ondertekenen|versies\/:nummer\/verschil|werkmappen\/:id)$|\/grootboek\/boekingen\/nieuw$|\/wijkadministratie\/journalen\/:id$|\/afspraken\/concepten\/:id\/verschil$|\/jaardocument\/:periode\/versies\/:nummer$|\/betalingen\/:naam$|\/bank\/(regels|afschriften)\/:id$|\/garanties\/aanspraken\/:id/
const REPORT = '/verantwoording/oost/2019-Q4'
const BUDGET_BYTES = 60_000

/** One address as one person: what is opened in the browser. */
interface Stop {
  route: string
  path: string
  who: string | null
}

let test: TestApp
let browser: TestBrowser
let permissions: Permissions
let stops: Stop[]

beforeAll(async () => {
  test = await startTestApp()
  permissions = test.app.get(PERMISSIONS)
  browser = await TestBrowser.open(test.url)
  stops = await crawl(await makeHistory())
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

/** Something on every page: a result, an open poll, a report that came back, a pledge, a proposal, mails. */
async function makeHistory(): Promise<string[]> {
  const [chair, delegate, treasurer, reviewer, director] = await Promise.all(
    ['voorzitter', 'lid-1', 'penningmeester', 'serviceteam', 'bestuurder'].map((who) => test.client(who)),
  )
  const assembly = firstLink(await chair!.get('/alv'), /\/alv\/[\da-f-]{36}/)
  await director!.get('/risicomarge/2019')
  const proposal = await director!.post('/risicomarge/2019/voorstellen', {
    ...hiddenFields(await director!.get('/risicomarge/2019'), '/risicomarge/2019/voorstellen'),
    vergadering: assembly.slice('/alv/'.length),
  })
  const motions = [...(await chair!.get(assembly)).text.matchAll(/name="motion" value="([^"]+)"/g)]
  expect(motions).toHaveLength(3)
  const open = async (motion: string) => (await chair!.post(`${assembly}/stemmingen`, { motion })).location!
  const declared = await open(motions[0]![1]!)
  const cast = await delegate!.post(`${declared}/stem`, {
    ...hiddenFields(await delegate!.get(declared), `${declared}/stem`),
    choice: 'for',
  })
  await chair!.post(`${declared}/sluiting`)
  await chair!.post(`${declared}/uitslag`)
  const running = await open(motions[1]![1]!)

  await submitReport(treasurer!)
  await reviewer!.get(REPORT)
  const returned = { 'oordeel.story': 'returned', 'vraag.story': 'Licht dit toe.' }
  await reviewer!.post(`${REPORT}/versies/1/beoordeling`, returned)
  const pledge = await delegate!.post('/garanties/toezeggingen', {
    ...hiddenFields(await delegate!.get('/garanties'), '/garanties/toezeggingen'),
    bedrag: '1.500',
    akkoord: 'ja',
  })
  const visitor = await test.client()
  const asked = await visitor.post('/inloggen', { email: 'lid-9@example.org' })
  const link = await signInLink()
  const made = [proposal, cast, pledge, asked].map(({ status, location }) =>
    status === 303 ? location : null,
  )
  expect(made).not.toContain(null)
  return [assembly, `${assembly}/oproeping`, declared, running, link, ...(made as string[])]
}

/** The coordinator completes it, the treasurer signs. */
async function submitReport(treasurer: HttpClient): Promise<void> {
  const coordinator = await test.client('coordinator')
  const form = await coordinator.get(`${REPORT}/invullen`)
  const named =
    /<(?:input|textarea|select)[^>]* name="((?:lines|indicators|narrative|advances|ownMeans|socialReturn|people|risks)\.[^"]+)"/g
  const fields = Object.fromEntries([...form.text.matchAll(named)].map(([, name]) => [name!, filled(name!)]))
  const completed = await coordinator.post(`${REPORT}/gereedmelding`, {
    ...hiddenFields(form, `${REPORT}/concept`),
    ...fields,
  })
  expect(completed.status, errorsIn(completed.text)).toBe(303)
  const read = await treasurer.get(`${REPORT}/ondertekenen`)
  const signed = await treasurer.post(`${REPORT}/versies`, hiddenFields(read, `${REPORT}/versies`))
  expect(signed.location).toBe(`${REPORT}/versies/1?ingediend=nu`)
}

function filled(name: string): string {
  if (/initiatie.*value$/.test(name)) return '12 van 14'
  if (/toegankelijk.*value$/.test(name)) return 'ja'
  if (/(value|fte|volunteers)$/.test(name)) return '7'
  return /\.(actual|forecast|received)$/.test(name) ? '100.000' : 'Toegelicht.'
}

/** The hidden fields of the form with this action. */
function hiddenFields({ text }: { text: string }, action: string): Record<string, string> {
  const form = text.split('<form').find((part) => part.includes(`action="${action}"`)) ?? ''
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )
}

function firstLink({ text }: { text: string }, pattern: RegExp): string {
  const found = pattern.exec(text)?.[0]
  if (!found) throw new Error(`No link like ${pattern}`)
  return found
}

const errorsIn = (text: string) => text.match(/<li><a href="#veld[^<]*<\/a>/g)?.join('\n') ?? ''

async function signInLink(): Promise<string> {
  return vi.waitFor(
    async () => {
      const link = await linkInMail()
      expect(link).toMatch(/^\/inloggen\/link\//)
      return link
    },
    { timeout: 20_000, interval: 200 },
  )
}

async function linkInMail(): Promise<string> {
  const [mail] = await test.database.owner.query(
    `SELECT text FROM demo_mails WHERE text LIKE '%/inloggen/link/%' ORDER BY id DESC LIMIT 1`,
  )
  return /\/inloggen\/link\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

/** Follows links as each person until every page's route is met; keeps up to two people for each. */
async function crawl(known: string[]): Promise<Stop[]> {
  const routes = [...permissions.keys()]
    .filter((route) => route.startsWith('GET ') && !NO_PAGE.test(route) && !OWN_JOURNEY.test(route))
    .map((route) => ({ route, pattern: new RegExp(`^${route.slice(4).replace(/:\w+/g, '[^/]+')}$`) }))
  const routeOf = (path: string) =>
    routes
      .filter(({ pattern }) => pattern.test(path))
      .sort((a, b) => countOf(a.route, ':') - countOf(b.route, ':'))[0]?.route
  const walk = async (who: string | null) => {
    const found: Stop[] = []
    const client = await test.client(who ?? undefined)
    const todo = [...ENTRANCES, ...known]
    const seen = new Set<string>()
    const met = new Map<string, number>()
    for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
      const route = routeOf(path.split('?')[0]!)
      if (!route || seen.has(path) || (met.get(route) ?? 0) >= 3) continue
      seen.add(path)
      const { status, text } = await client.get(path)
      if (status !== 200) continue
      met.set(route, (met.get(route) ?? 0) + 1)
      found.push({ route, path, who })
      for (const [, href] of text.matchAll(/ href="(\/[^"]*)"/g)) todo.push(addressIn(href!))
    }
    return found
  }
  const found = (await Promise.all(walkers.map(walk))).flat()
  const chosen = routes.flatMap(({ route }) => {
    const there = found.filter((stop) => stop.route === route)
    const first = there.find(({ who }) => who !== null) ?? there[0]
    const last = there.findLast(({ who }) => who !== first?.who) ?? there.at(-1)
    return first ? [first, ...(last && last !== first ? [last] : [])] : []
  })
  const missing = routes.filter(
    ({ route }) => !chosen.some((stop) => stop.route === route) && route !== 'GET /risicomarge',
  )
  expect(missing.map(({ route }) => route)).toEqual([])
  return chosen
}

/** The address of a link as it stands in the page, without the place on that page. */
const addressIn = (href: string) =>
  href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').replace(/#.*$/, '')

const countOf = (text: string, sign: string) => text.split(sign).length - 1

interface Look {
  viewport: typeof SMALL
  colorScheme: 'light' | 'dark'
  lang: 'nl' | 'en'
}

/** A page of this person, and how to visit an address with it as if it were the first time. */
interface Opened {
  page: Page
  visit(path: string): Promise<{ status: number; bytes: number }>
}

/**
 * Opens a browser for a person.
 * @param forgets keeps nothing: each visit counts all bytes that go over the wire for a first one
 */
async function openFor(who: string | null, look: Look, forgets = false): Promise<Opened> {
  const page = await browser.pageOf(who, look)
  await page.context().addCookies([{ name: LANGUAGE_COOKIE, value: look.lang, url: test.url }])
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.setCacheDisabled', { cacheDisabled: forgets })
  let bytes = 0
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const visit = async (path: string) => {
    bytes = 0
    const answer = await page.goto(path, { waitUntil: 'load' })
    return { status: answer?.status() ?? 0, bytes }
  }
  return { page, visit }
}

/** What every page owes its reader, whatever it is about. */
async function expectWellMade(page: Page, lang: 'nl' | 'en', rules?: string[]): Promise<void> {
  const at = page.url()
  await expectAccessible(page, rules)
  expect(await page.locator('h1').count(), at).toBe(1)
  expect(await page.locator('html').getAttribute('lang'), at).toBe(lang)
  const lines = (await page.evaluate<string>('document.body.innerText')).split(/\s*\n\s*/)
  expect(
    lines.filter((line) =>
      /\b[a-z-]+\.[a-z]\w*\.[a-z]\w*\b|undefined|\bNaN\b|\[object/.test(withoutAddresses(line)),
    ),
    at,
  ).toEqual([])
  const foreign = lang === 'en' ? onlyDutch : onlyEnglish
  expect(
    lines.filter((line) => foreign.has(line)),
    at,
  ).toEqual([])
}

const withoutAddresses = (line: string) => line.replace(/\S+@\S+|https?:\/\/\S+/g, '')

const catalogue = new Messages()
const onlyDutch = textsOnlyIn('nl', 'en')
const onlyEnglish = textsOnlyIn('en', 'nl')

/** Sentences (not single words, which may be names) that belong to one language. */
function textsOnlyIn(one: 'nl' | 'en', other: 'nl' | 'en'): Set<string> {
  const texts = (lang: 'nl' | 'en') =>
    catalogue
      .keys(lang)
      .filter((key) => !key.startsWith('web.demo.offices.'))
      .flatMap((key) => plainText(lang, key))
  const others = new Set(texts(other))
  return new Set(texts(one).filter((text) => /\S \S/.test(text) && !others.has(text)))
}

function plainText(lang: 'nl' | 'en', key: string): string[] {
  try {
    return [catalogue.text(lang, key)]
  } catch {
    return [] // it needs values
  }
}

/** Tab goes to the skip link, the name, and the menu; each shows that it has the focus. */
async function expectKeyboard(page: Page): Promise<void> {
  const reached: string[] = []
  for (let step = 0; step < 4 && !reached.includes('summary'); step++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate<{ what: string; ring: boolean; inView: boolean }>(`(() => {
      const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
      return {
        what: element.matches('.utrecht-skip-link') ? 'skip link' : element.localName,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inView: box.width > 0 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth,
      }
    })()`)
    expect(focus, `${page.url()}, tab ${step + 1}`).toMatchObject({ ring: true, inView: true })
    reached.push(focus.what)
  }
  expect([reached[0], reached.at(-1)], page.url()).toEqual(['skip link', 'summary'])
}

/** The first stop of each route. The second test starts at the other end: there it is another person. */
function onePerRoute(among: readonly Stop[]): Stop[] {
  const routes = new Set<string>()
  return among.filter(({ route }) => !routes.has(route) && routes.add(route))
}

/** The pages are walked in parts, so that each part ends in time on a slow machine too. */
const PARTS = 6
const parts = Array.from({ length: PARTS }, (_, part) => part)
const inPart = (part: number, among: readonly Stop[]) =>
  onePerRoute(among).filter((_, index) => index % PARTS === part)

describe('every page', () => {
  it.each(parts)(
    'reads well on the smallest phone, in light, in Dutch, by keyboard, within 60 kB: part %i',
    async (part) => {
      const look = { viewport: SMALL, colorScheme: 'light', lang: 'nl' } as const
      const open = new Map<string | null, Opened>()
      for (const stop of inPart(part, stops)) {
        const isFirst = !open.has(stop.who)
        if (isFirst) open.set(stop.who, await openFor(stop.who, look, true))
        const { page, visit } = open.get(stop.who)!
        const { status, bytes } = await visit(stop.path)
        expect(status, stop.path).toBe(200)
        expect(bytes, `bytes of ${stop.path}`).toBeLessThanOrEqual(BUDGET_BYTES)
        // The head of the page is the same wherever this person goes.
        if (isFirst) await expectKeyboard(page)
        await expectWellMade(page, 'nl')
      }
      for (const { page } of open.values()) await page.context().close()
    },
  )

  it.each(parts)('reads well on a laptop, in the dark, in English: part %i', async (part) => {
    const look = { viewport: LAPTOP, colorScheme: 'dark', lang: 'en' } as const
    const open = new Map<string | null, Opened>()
    for (const stop of inPart(part, stops.toReversed())) {
      if (!open.has(stop.who)) open.set(stop.who, await openFor(stop.who, look))
      const { page, visit } = open.get(stop.who)!
      expect((await visit(stop.path)).status, stop.path).toBe(200)
      // What the page is made of was looked at on the phone; other colours and sizes are new.
      await expectWellMade(page, 'en', ['color-contrast', 'target-size'])
    }
    for (const { page } of open.values()) await page.context().close()
  })

  it('says so in the same way when it is not there, or not for you', async () => {
    for (const [who, path, expected] of [
      [null, '/bestaat-niet', 404],
      ['lid-9', '/besluiten/1999-01', 404],
      ['lid-9', '/berichten', 403],
    ] as const) {
      for (const look of [
        { viewport: SMALL, colorScheme: 'light', lang: 'nl' },
        { viewport: LAPTOP, colorScheme: 'dark', lang: 'en' },
      ] as const) {
        const { page, visit } = await openFor(who, look)
        expect((await visit(path)).status, path).toBe(expected)
        await expectWellMade(page, look.lang)
        await page.context().close()
      }
    }
  })

  it('changes language where one is, and remembers it', async () => {
    const page = await browser.pageOf(null)
    await page.goto('/leden?per=2019-06-01&taal=en')
    expect(new URL(page.url()).search).toBe('?per=2019-06-01')
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.context().close()
  })
})
