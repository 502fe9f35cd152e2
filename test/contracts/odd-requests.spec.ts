import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'

describe('requests that no page of ours sends', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  /** Sends the address as it is: fetch would tidy it up first. */
  const send = (
    method: string,
    path: string,
    { cookie = '', type = 'application/x-www-form-urlencoded', body = '' } = {},
  ) =>
    new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>(
      (resolve, reject) => {
        const { hostname, port } = new URL(test.url)
        const headers = { cookie, ...(method === 'GET' ? {} : { 'content-type': type }) }
        request({ hostname, port, method, path, headers }, (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (piece) => {
            text += piece
          })
          response.on('end', () => resolve({ status: response.statusCode!, text, headers: response.headers }))
        })
          .on('error', reject)
          .end(body)
      },
    )

  it.each([
    '/%',
    '/alv/%ff',
    '/alv/%00',
    `/alv/${'a'.repeat(300)}`,
    '/besluiten?q=%00',
    '/verantwoording/a%00b/2019-Q1',
    '//?taal=en',
    '//[::bad/?taal=en',
    '//evil.example/%2e%2e?taal=en',
  ])('GET %s is answered with the page for what is not there', async (path) => {
    const { cookie } = await test.client('bestuurder')
    const answer = await send('GET', path, { cookie })
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('lang="nl"')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it.each(['/leden', '/garanties', '/statuten'])(
    '%s asked for a day in the year 0 still answers',
    async (path) => {
      const client = await test.client('bestuurder')
      expect((await client.get(`${path}?per=0000-01-01`)).status).toBe(200)
    },
  )

  it.each([
    ['/demo/inloggen', 'application/x-www-form-urlencoded', 'email=a%00b', 404],
    ['/demo/inloggen', 'application/json', 'null', 404],
    ['/inloggen/code', 'application/json', 'null', 422],
    ['/inloggen/code', 'application/json', '[1]', 422],
    ['/inloggen/code', 'text/plain', 'code', 422],
    ['/inloggen', 'application/json', '{"email":{"a":1}}', 422],
  ])('POST %s with %s %s is refused, not broken', async (path, type, body, status) => {
    const answer = await send('POST', path, { type, body })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('lang="nl"')
  })

  it.each(['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31'])(
    'the clock of the demo does not go to %s',
    async (day) => {
      const client = await test.client()
      expect((await client.post('/demo/klok', { day, time: '12:00' })).status).toBe(422)
      expect((await client.get('/demo')).status).toBe(200)
    },
  )

  it('a year is four digits, also where a proposal is made', async () => {
    const client = await test.client('bestuurder')
    const { text } = await client.get('/risicomarge/2019')
    const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]+)"`).exec(text)?.[1] ?? ''
    const [assembly] = await test.database.owner.query('SELECT id FROM assemblies LIMIT 1')
    const fields = { vergadering: assembly.id, verzoek: field('verzoek') }
    expect(fields.verzoek).not.toBe('')
    expect((await client.post('/risicomarge/0x7e3/voorstellen', fields)).status).toBe(404)
    const proposed = await client.post('/risicomarge/2019/voorstellen', fields)
    expect(proposed.status).toBe(303)
    const withdrawn = await client.post(`${proposed.location}/intrekking`, { reden: 'te\0 vroeg' })
    expect(withdrawn.status).toBe(303)
    expect((await client.get(proposed.location!)).text).toContain('te vroeg')
  })
})
