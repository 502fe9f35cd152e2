import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asksFreshSignIn, Database, PERMISSIONS, type Permissions } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'

const SIGNING = '/alv/00000000-0000-7000-8000-000000000000/notulen/ondertekening'

describe('what asks for a fresh sign-in', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  /** Makes every session older, as if its person signed in so many minutes ago. */
  const signedInAgo = (minutes: number) =>
    test.app
      .get(Database)
      .read.query(
        `UPDATE sessions SET data = jsonb_set(data::jsonb, '{signedInAt}', to_jsonb(($1)::bigint))`,
        [String(Date.now() - minutes * 60_000)],
      )

  it('is what binds: signatures', () => {
    const asking = [...test.app.get<Permissions>(PERMISSIONS)]
      .filter(([, access]) => asksFreshSignIn(access))
      .map(([route]) => route)
    expect(asking).toContain('POST /alv/:id/notulen/ondertekening')
  })

  it('lets through who signed in a moment ago', async () => {
    const chair = await test.client('voorzitter')
    expect((await chair.post(SIGNING)).status).toBe(404)
    await signedInAgo(9)
    expect((await chair.post(SIGNING)).status).toBe(404)
  })

  it('leads who signed in longer ago by a new sign-in back to where they were', async () => {
    const chair = await test.client('voorzitter')
    await signedInAgo(11)
    const refused = await chair.post(SIGNING)
    expect([refused.status, refused.location]).toEqual([303, '/inloggen/opnieuw?naar=%2Fmijn'])
    const page = await chair.get('/inloggen/opnieuw?naar=%2Falv')
    expect(page.text).toContain('Bevestig dat u het bent')
    const asked = await chair.post('/inloggen/opnieuw')
    expect(asked.location).toMatch(/^\/inloggen\/code\?verzoek=/)
    const again = await chair.post('/demo/inloggen', { email: 'voorzitter@example.org', goingTo: '/alv' })
    expect(again.location).toBe('/alv')
    await chair.get('/alv')
    expect((await chair.post(SIGNING)).status).toBe(404)
  })

  it('goes nowhere else than to a page of ours', async () => {
    const chair = await test.client('voorzitter')
    const away = await chair.post('/demo/inloggen', {
      email: 'voorzitter@example.org',
      goingTo: '//elders.example',
    })
    expect(away.location).toBe('/mijn')
  })

  it('is not fresh in a session from before sign-ins were dated', async () => {
    const chair = await test.client('voorzitter')
    await test.app.get(Database).read.query(`UPDATE sessions SET data = (data::jsonb - 'signedInAt')`)
    expect((await chair.post(SIGNING)).location).toContain('/inloggen/opnieuw')
  })
})
