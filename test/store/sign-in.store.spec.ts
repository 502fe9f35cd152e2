import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NoticeModels } from '#notices'
import { startTestApp, type TestApp } from '../support/app.js'

/** The demo mailbox fills within moments: relay, queue and worker all run. */
async function mailTo(test: TestApp, address: string, after = 0): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const rows = await test.database.owner.query(
      'SELECT id, text FROM demo_mails WHERE to_address = $1 AND id > $2 ORDER BY id DESC LIMIT 1',
      [address, after],
    )
    if (rows[0]) return rows[0].text
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No mail to ${address}`)
}

describe('signing in', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  const codeIn = (text: string) => /^\d{6}$/m.exec(text)![0]
  const linkIn = (text: string) => new URL(/http\S+/.exec(text)![0]).pathname

  it('works by code where it was asked, once', async () => {
    const client = await test.client()
    const asked = await client.post('/inloggen', { email: ' Secretaris@Example.org ' })
    expect(asked.location).toMatch(/^\/inloggen\/code\?verzoek=/)
    const request = asked.location!.split('=')[1]!
    const code = codeIn(await mailTo(test, 'secretaris@example.org'))
    const before = client.cookie
    const signedIn = await client.post('/inloggen/code', {
      request,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(signedIn).toMatchObject({ status: 303, location: '/mijn' })
    expect(client.cookie).not.toBe(before)
    expect((await client.get('/mijn')).status).toBe(200)
    const again = await (await test.client()).post('/inloggen/code', { request, code })
    expect(again.status).toBe(422)
    expect(again.text).toContain('al een keer gebruikt')
  })

  it('works by link in another browser, after the button: opening it does not use it up', async () => {
    await (await test.client()).post('/inloggen', { email: 'controller@example.org' })
    const link = linkIn(await mailTo(test, 'controller@example.org'))
    const scanner = await test.client()
    for (let i = 0; i < 3; i++) expect((await scanner.get(link)).status).toBe(200)
    const browser = await test.client()
    expect(await browser.post(link)).toMatchObject({ status: 303, location: '/mijn' })
    const second = await (await test.client()).post(link)
    expect(second.status).toBe(403)
    expect(second.text).toContain('al een keer gebruikt')
  })

  it('brings the visitor where he was going, and never to another site', async () => {
    const client = await test.client()
    expect((await client.get('/garanties')).location).toBe('/inloggen?naar=%2Fgaranties')
    await client.get('/inloggen?naar=%2Fgaranties')
    await client.post('/inloggen', { email: 'kascommissie@example.org' })
    const link = linkIn(await mailTo(test, 'kascommissie@example.org'))
    expect((await client.post(link)).location).toBe('/garanties')
    for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example']) {
      const visitor = await test.client()
      await visitor.get(`/inloggen?naar=${encodeURIComponent(evil)}`)
      expect(visitor.cookie).not.toContain('na_inloggen')
    }
  })

  it('answers an unknown address exactly as a known one', async () => {
    const known = await (await test.client()).post('/inloggen', { email: 'gemeente@example.org' })
    const unknown = await (await test.client()).post('/inloggen', { email: 'niemand@example.org' })
    expect({ ...unknown, location: unknown.location!.split('=')[0] }).toEqual({
      ...known,
      location: known.location!.split('=')[0],
    })
    const request = unknown.location!.split('=')[1]!
    const wrong = await (await test.client()).post('/inloggen/code', { request, code: '123456' })
    expect(wrong.text).toContain('Deze code klopt niet')
  })

  it('ends a request after five wrong codes; the link still works', async () => {
    const asked = await (await test.client()).post('/inloggen', { email: 'teamleider@example.org' })
    const request = asked.location!.split('=')[1]!
    const text = await mailTo(test, 'teamleider@example.org')
    const wrongCode = codeIn(text) === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) {
      const answer = await (await test.client()).post('/inloggen/code', { request, code: wrongCode })
      expect(answer.status).toBe(422)
    }
    const spent = await (await test.client()).post('/inloggen/code', { request, code: codeIn(text) })
    expect(spent.text).toContain('te vaak verkeerd')
    expect((await (await test.client()).post(linkIn(text))).status).toBe(303)
  })

  it('expires after fifteen minutes of real time', async () => {
    const asked = await (await test.client()).post('/inloggen', { email: 'beheer@example.org' })
    const request = asked.location!.split('=')[1]!
    const code = codeIn(await mailTo(test, 'beheer@example.org'))
    await test.database.owner.query('UPDATE sign_in_requests SET expires_at = now() WHERE id = $1', [request])
    const late = await (await test.client()).post('/inloggen/code', { request, code })
    expect(late.text).toContain('verlopen')
  })

  it('limits how often one address may be asked for', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      statuses.push((await (await test.client()).post('/inloggen', { email: 'gsmo@example.org' })).status)
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  })

  it('keeps neither link nor code in the database', async () => {
    const client = await test.client()
    const asked = await client.post('/inloggen', { email: 'coordinator@example.org' })
    const request = asked.location!.split('=')[1]!
    const { code, link } = await test.app
      .get(NoticeModels)
      .modelFor('identity/sign-in', { requestId: request })
    const stored: { row: string }[] = await test.database.owner.query(
      `SELECT n::text AS row FROM notices n UNION ALL SELECT r::text FROM sign_in_requests r UNION ALL SELECT o::text FROM outbox_messages o`,
    )
    const key = String(link).split('/').at(-1)!
    expect(stored.some(({ row }) => row.includes(key))).toBe(false)
    expect(stored.some(({ row }) => row.includes(`"${code}"`))).toBe(false)
  })

  it('revokes a session when its row goes, and on signing out', async () => {
    const client = await test.client('lid-9')
    expect((await client.get('/mijn')).status).toBe(200)
    await test.database.owner.query(
      `DELETE FROM sessions WHERE person_id = (SELECT id FROM people WHERE email = 'lid-9@example.org')`,
    )
    expect((await client.get('/mijn')).status).toBe(303)
  })

  it('writes no session for who only reads', async () => {
    const [before] = await test.database.owner.query('SELECT count(*) FROM sessions')
    const client = await test.client()
    for (const path of ['/', '/leden', '/statuten', '/inloggen'])
      expect((await client.get(path)).status).toBe(200)
    const [after] = await test.database.owner.query('SELECT count(*) FROM sessions')
    expect(after.count).toBe(before.count)
  })
})

describe('forms of signed-in people', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  it('are refused without their token, and from another site', async () => {
    const client = await test.client('lid-8')
    const forged = await fetch(`${test.url}/uitloggen`, {
      method: 'POST',
      headers: { cookie: client.cookie },
      redirect: 'manual',
    })
    expect(forged.status).toBe(403)
    const crossSite = await fetch(`${test.url}/inloggen`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=lid-8@example.org',
      redirect: 'manual',
    })
    expect(crossSite.status).toBe(403)
    expect((await client.get('/mijn')).status).toBe(200)
  })

  it('come with security headers and cookies that scripts and other sites cannot use', async () => {
    const response = await fetch(`${test.url}/demo/inloggen`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=lid-8@example.org',
      redirect: 'manual',
    })
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('sessie='))!
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    for (const path of ['/', '/bestaat-niet']) {
      const { headers } = await fetch(test.url + path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })
})

describe('without the demo', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp({ demo: false })
  })
  afterAll(() => test.stop())

  it('none of it exists', async () => {
    const client = await test.client()
    for (const path of ['/demo', '/demo/mensen', '/demo/postvak', '/demo/postvak/1']) {
      expect((await client.get(path)).status, path).toBe(404)
    }
    for (const path of ['/demo/klok', '/demo/inloggen'])
      expect((await client.post(path)).status, path).toBe(404)
    const home = await client.get('/')
    expect(home.text).not.toContain('/demo')
    expect((await client.get('/inloggen')).text).not.toContain('example.org')
  })
})

describe('behind TLS', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp({ env: { BASE_URL: 'https://samen.example', TRUST_PROXY: '1' } })
  })
  afterAll(() => test.stop())

  it('the session cookie is Secure and HSTS is on', async () => {
    const response = await fetch(`${test.url}/demo/inloggen`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-proto': 'https' },
      body: 'email=lid-8@example.org',
      redirect: 'manual',
    })
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('sessie='))
    expect(cookie).toMatch(/Secure/)
    expect(response.headers.get('strict-transport-security')).toContain('max-age')
  })
})
