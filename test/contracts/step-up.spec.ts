import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asksFreshSignIn, Database, FRESH_MINUTES, PERMISSIONS, type Permissions, Templates } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'

const SIGNING = '/alv/00000000-0000-7000-8000-000000000000/notulen/ondertekening'

describe('what asks for a fresh sign-in', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  it('is what binds: signatures', () => {
    const asking = [...test.app.get<Permissions>(PERMISSIONS)]
      .filter(([, access]) => asksFreshSignIn(access))
      .map(([route]) => route)
    expect(asking).toContain('POST /alv/:id/notulen/ondertekening')
    expect(asking).toContain('POST /ingrepen/:id/stap/overname')
  })

  it('lets through who signed in a moment ago', async () => {
    const chair = await test.client('voorzitter')
    expect((await chair.post(SIGNING)).status).toBe(404)
    await test.signedInAgo(FRESH_MINUTES - 1)
    expect((await chair.post(SIGNING)).status).toBe(404)
  })

  it('is said beside the button, with the minutes that hold', () => {
    const note = (lang: string, fresh: boolean) =>
      test.app.get(Templates).html('apps/web/views/partials/step-up-note.hbs', { lang, fresh })
    expect(note('nl', false)).toContain(`langer dan ${FRESH_MINUTES} minuten geleden`)
    expect(note('en', false)).toContain(`more than ${FRESH_MINUTES} minutes ago`)
    expect(note('nl', true).trim()).toBe('')
  })

  it('leads who signed in longer ago by a new sign-in back to where they were', async () => {
    const chair = await test.client('voorzitter')
    await test.signedInAgo(FRESH_MINUTES + 1)
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
