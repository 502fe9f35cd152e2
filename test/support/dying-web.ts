import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '#platform'
import { freePort } from '../../scripts/lib/address.mjs'
import { type BuiltProcess, startBuilt } from './built-process.js'
import type { Answer } from './http-client.js'

/** Which statement of a request is the last: its number, or how it begins. */
export type LastStatement = number | string

/** The built web process on one address, that can be made to die in the middle of a request and starts again. */
export class DyingWeb {
  private process: BuiltProcess | null = null

  private constructor(
    readonly url: string,
    private readonly env: Record<string, string>,
  ) {}

  static async on(databaseUrl: string): Promise<DyingWeb> {
    const port = await freePort()
    return new DyingWeb(`http://127.0.0.1:${port}`, {
      ...{ DATABASE_URL: databaseUrl, SAMEN_DEMO: '1', SAMEN_WORKER: 'separate', LOG_LEVEL: 'silent' },
      ...{ SESSION_SECRET: randomBytes(32).toString('hex'), PORT: String(port), HOST: '127.0.0.1' },
    })
  }

  async start(): Promise<void> {
    await this.stop()
    this.process = await startBuilt('web/main.js', this.env)
  }

  async stop(): Promise<void> {
    await this.process?.stop('SIGKILL')
    this.process = null
  }

  /**
   * Sends a request to a process that dies after one of its statements.
   * @param path of the request, a POST
   * @returns the answer when the request ended before that statement; null when the process died
   */
  async dieDuring(path: string, after: LastStatement, send: () => Promise<Answer>): Promise<Answer | null> {
    await this.stop()
    const preload = pathToFileURL(join(projectRoot, 'test/support/dies-at-statement.fixture.mjs')).href
    const dying = await startBuilt('web/main.js', {
      ...this.env,
      NODE_OPTIONS: `--import ${preload}`,
      SAMEN_DIES: JSON.stringify({ request: `POST ${path}`, after }),
    })
    const answer = await send().catch(() => null)
    if (answer) await dying.stop('SIGKILL')
    return answer
  }
}
