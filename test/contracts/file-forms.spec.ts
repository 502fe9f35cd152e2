import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { samplePdf } from '../support/sample-files.js'

const BOUNDARY = 'x-grens-x'

let test: TestApp
/** The step of an application in which files may be added. */
let step: string

beforeAll(async () => {
  test = await startTestApp()
  const client = await test.client()
  const { text } = await client.get('/aanmelden')
  const formulier = /name="formulier" value="([^"]+)"/.exec(text)![1]!
  await new Promise((resolve) => setTimeout(resolve, 1600))
  const started = await client.post('/aanmelden', { naam: 'Vreemd', email: 'vreemd@example.org', formulier })
  step = started.location!.replace(/organisatie.*/, 'criteria')
  await client.post(step.replace('criteria', 'gebied'), { soort: 'supporting' })
})

afterAll(() => test.stop())

interface Sent {
  status: number
  text: string
}

/** Sends bytes as they are; `length` may say something else than what comes. */
function send(path: string, body: string | Buffer, type: string, length?: number): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(test.url)
    const headers = { 'content-type': type, 'content-length': length ?? Buffer.byteLength(body) }
    const sending = request({ hostname, port, path, method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        text += piece
      })
      response.on('end', () => resolve({ status: response.statusCode!, text }))
    })
    sending.on('error', reject)
    sending.write(body)
    if (length === undefined) sending.end()
    else setTimeout(() => sending.destroy(new Error('hung up')), 200)
  })
}

const multipart = `multipart/form-data; boundary=${BOUNDARY}`
const part = (head: string, content = 'x') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const whole = (...parts: string[]) => `${parts.join('')}--${BOUNDARY}--\r\n`
const evidence = 'name="bewijs.geen-winst"; filename="a.pdf"\r\nContent-Type: application/pdf'

describe('forms with files that no page of ours sends', () => {
  it.each([
    ['without a boundary', whole(part('name="a"')), 'multipart/form-data', 400],
    ['with another boundary', whole(part('name="a"')), 'multipart/form-data; boundary=anders', 400],
    ['of nothing', '', multipart, 422],
    ['that ends in the middle of a file', part(evidence, '%PDF-1.4').slice(0, -2), multipart, 400],
    ['that ends in the middle of a header', `--${BOUNDARY}\r\nContent-Dispo`, multipart, 400],
    ['of 10,000 parts', whole(part('name="a"').repeat(10_000)), multipart, 413],
    ['of 10,000 files', whole(part(evidence).repeat(10_000)), multipart, 413],
    ['of a text of 2 MB', whole(part('name="a"', 'x'.repeat(2_000_000))), multipart, 413],
    ['with a field that is part of every object', whole(part('name="__proto__"')), multipart, 400],
    [
      'with a part of broken JSON',
      whole(part('name="a"\r\nContent-Type: application/json', '{')),
      multipart,
      400,
    ],
    ['of another kind', '<a/>', 'application/xml', 415],
    ['that are no multipart at all', 'a=b', 'multipart/mixed; boundary=x', 415],
  ])('%s are refused in words', async (_, body, type, status) => {
    const answer = await send(step, body, type)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('lang="nl"')
  })

  it('that stop halfway leave the others alone', async () => {
    const half = part(evidence, '%PDF-1.4')
    await expect(send(step, half, multipart, half.length + 1000)).rejects.toThrow('hung up')
    expect((await (await test.client()).get(step)).status).toBe(200)
  })

  it('are taken only where files belong', async () => {
    const answer = await send('/inloggen', whole(part('name="email"', 'a@example.org')), multipart)
    expect(answer.status).toBe(415)
    expect(answer.text).toContain('Dit nemen we hier niet aan')
    const nowhere = await send('/nergens', whole(part('name="a"')), multipart)
    expect(nowhere.status).toBe(404)
  })
})

describe('a form with files of who is signed in', () => {
  it('needs the token of the session, as every form', async () => {
    const client = await test.client('lid-1')
    const files = [['bewijs.geen-winst', 'a.pdf', samplePdf('token')]] as const
    const answer = await client.postFiles(step, { toevoegen: 'geen-winst' }, files)
    expect(answer.status).toBe(303)
    const forged = await client.postFiles(step, { _csrf: 'vals', toevoegen: 'geen-winst' }, files)
    expect(forged.status).toBe(403)
  })
})

describe('a form with files', () => {
  const post = async (name: string, content: Uint8Array) =>
    (await test.client()).postFiles(step, { 'criterium.geen-winst': 'Omdat.', toevoegen: 'geen-winst' }, [
      ['bewijs.geen-winst', name, content],
    ])
  const shown = async () => (await (await test.client()).get(step)).text

  it.each([
    ['../../etc/statuten.pdf', 'statuten.pdf'],
    ['C:\\map\\notulen.pdf', 'notulen.pdf'],
    ['fac\u202efdp.pdf', 'facfdp.pdf'],
  ])('keeps of the name %j only %s', async (name, kept) => {
    expect((await post(name, samplePdf(kept))).status).toBe(303)
    expect(await shown()).toContain(`>${kept}<`)
  })

  it('says which file is too large and keeps what was typed', async () => {
    const answer = await post('groot.pdf', Buffer.alloc(6_000_000))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('groot.pdf is te groot: een bestand mag hoogstens 5 MB zijn.')
    expect(answer.text).toContain('>Omdat.</textarea>')
  })

  it('says what a file is not, whatever it is called', async () => {
    const answer = await post('virus.pdf', Buffer.from('<html><script>1</script></html>'))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('virus.pdf is een soort bestand dat wij hier niet aannemen')
  })
})
