import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const FIXTURES = fileURLToPath(new URL('.', import.meta.url))
const READY = 'Samen draait op'

/** A module of scripts/lib, which is plain JavaScript without types. */
// biome-ignore lint/suspicious/noExplicitAny: the launcher has no types
export const script = (name: string, project = PROJECT): Promise<any> =>
  import(/* @vite-ignore */ pathToFileURL(join(project, 'scripts/lib', name)).href)

/** A command of the launcher that runs: what it printed so far, and how it ended. */
export interface Running {
  child: ChildProcess
  output(): string
  ended: Promise<number | null>
}

/** A project folder with the real launcher and a stand-in for the apps. */
export async function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), `samen-test-${process.pid}-launcher-`))
  chmodSync(folder, 0o755)
  for (const name of ['scripts', 'package.json', 'package-lock.json'])
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true })
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
  for (const app of ['web', 'cli']) {
    mkdirSync(join(folder, 'dist/apps', app), { recursive: true })
    cpSync(join(FIXTURES, `${app}.fixture.mjs`), join(folder, 'dist/apps', app, 'main.js'))
  }
  const { sourceStamp } = await script('build.mjs', folder)
  writeFileSync(join(folder, 'dist/.built'), sourceStamp())
  return new LauncherProject(folder, await freePort())
}

class LauncherProject {
  #started: Running[] = []

  constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Runs a command in the project, leading a process group of its own. */
  run(command: string, args: string[], env: Record<string, string> = {}): Running {
    const { DATABASE_URL: _, SAMEN_DEMO: __, ...inherited } = process.env
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { ...inherited, PORT: String(this.port), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
    const running = { child, output: () => output, ended }
    this.#started.push(running)
    return running
  }

  node(...args: string[]): Running {
    return this.run(process.execPath, args)
  }

  /** Runs a command to its end: its exit code and the lines that it printed. */
  async finish(running: Running) {
    const code = await running.ended
    return { code, lines: running.output().trim().split('\n') }
  }

  /** Starts Samen and waits until it says that it serves. */
  async start(command = process.execPath, args = ['scripts/start.mjs']): Promise<Running> {
    const running = this.run(command, args)
    let over = false
    running.ended.then(() => (over = true))
    while (!running.output().includes(READY)) {
      if (over) throw new Error(`Samen did not start: ${running.output()}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return running
  }

  async visit(path = '/') {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`)
    return response.json() as Promise<Record<string, unknown>>
  }

  databaseProcess(): number {
    return Number(
      readFileSync(join(this.folder, '.samen/postgres/data/postmaster.pid'), 'utf8').split('\n')[0],
    )
  }

  /** Ends what a failed test left running, in order, and removes the folder. */
  async remove() {
    for (const { child, ended } of this.#started) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
