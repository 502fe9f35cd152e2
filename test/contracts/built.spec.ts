import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform'
import { type BuiltProcess, startBuilt } from '../support/built-process.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { HttpClient } from '../support/http-client.js'

const cli = (args: string[], env: Record<string, string>, input = '') =>
  spawnSync(process.execPath, [join(projectRoot, 'dist/apps/cli/main.js'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    input,
    encoding: 'utf8',
  })

describe('the built product', () => {
  let database: TestDatabase
  const running: BuiltProcess[] = []
  beforeAll(async () => {
    database = await createTestDatabase('demo')
  })
  afterEach(() => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => database.drop())

  const environment = () => ({
    DATABASE_URL: database.url,
    SAMEN_DEMO: '1',
    SAMEN_PREPARE: '1',
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  })
  const web = async (env: Record<string, string> = {}) => {
    const started = await startBuilt('web/main.js', { ...environment(), ...env })
    running.push(started)
    return started
  }

  it('boots web and worker, mails through the worker alone, and stops cleanly', async () => {
    const server = await web({ SAMEN_WORKER: 'separate' })
    const worker = await startBuilt('worker/main.js', environment(), /worker van Samen draait/)
    running.push(worker)
    const client = new HttpClient(server.url)
    expect((await client.get('/gezond')).text).toBe('ok')
    await client.post('/inloggen', { email: 'bestuurder@example.org' })
    const mailbox = async () => (await client.get('/demo/postvak')).text
    for (let i = 0; i < 100 && !(await mailbox()).includes('Inloggen bij'); i++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(await mailbox()).toContain('Inloggen bij')
    expect(await worker.stop('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null })
  })

  it.each([
    ['PORT', 'http', /PORT/],
    ['SAMEN_WORKER', 'perhaps', /SAMEN_WORKER/],
    ['SESSION_SECRET', 'short', /SESSION_SECRET.*32/],
    ['DATABASE_URL', 'mysql://localhost', /DATABASE_URL/],
    ['REDIS_URL', 'localhost', /REDIS_URL/],
  ])('a wrong %s stops the start with one line', async (name, value, said) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(projectRoot, 'dist/apps/web/main.js')],
      {
        env: { PATH: process.env.PATH, ...environment(), [name]: value },
        encoding: 'utf8',
      },
    )
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(said)
  })

  it('the command line prints a sign-in link a line, in order, and names who is unknown', async () => {
    const env = { DATABASE_URL: database.url, BASE_URL: 'http://samen.test' }
    const { stdout, status } = cli(['sign-in-link', 'lid-1@example.org', 'Voorzitter@example.org'], env)
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^http:\/\/samen\.test\/inloggen\/link\//),
      expect.stringMatching(/^http:\/\/samen\.test\/inloggen\/link\//),
    ])
    const unknown = cli(['sign-in-link', 'lid-1@example.org', 'niemand@example.org'], env)
    expect(unknown).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]*niemand@example\.org[^\n]*\n$/),
    })
    const server = await web()
    const client = new HttpClient(server.url)
    const link = new URL(stdout.split('\n')[1]!).pathname
    expect((await client.post(link)).location).toBe('/mijn')
  })

  it.each([
    [[], 0, /samen <opdracht>/],
    [['help'], 0, /compute/],
    [['dans'], 2, /dans/],
    [['compute'], 2, /distribution/],
    [['compute', 'dans'], 2, /dans/],
    [['sign-in-link'], 2, /e-mailadres/],
    [['constructor'], 2, /constructor/],
    [['__proto__'], 2, /__proto__/],
    [['compute', 'verdict', 'invoer.json'], 2, /stdin/],
  ] as const)('samen %j exits with %i', (args, status, said) => {
    const done = cli([...args], {})
    expect(done.status).toBe(status)
    expect(done.stdout + done.stderr).toMatch(said)
    if (status === 2) expect(done.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('a closed pipe ends the command line quietly, a full disk in one line', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => ({ id: `lid-${index}`, cents: '7' }))
    const input = JSON.stringify({ amountCents: '12069100', shares: ids })
    const shell = (target: string) =>
      spawnSync(
        'bash',
        [
          '-o',
          'pipefail',
          '-c',
          `"$0" dist/apps/cli/main.js compute distribution ${target}`,
          process.execPath,
        ],
        {
          cwd: projectRoot,
          input,
          encoding: 'utf8',
        },
      )
    expect(shell('| head -c 10')).toMatchObject({ status: 0, stderr: '' })
    const full = shell('> /dev/full')
    expect(full.status).toBe(1)
    expect(full.stderr).toMatch(/^[^\n]*ENOSPC[^\n]*\n$/)
  })
})
