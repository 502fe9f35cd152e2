import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeProject, script } from './launcher/project.js'

let project: Awaited<ReturnType<typeof makeProject>>

beforeEach(async () => {
  project = await makeProject()
})

afterEach(() => project.remove(), 30_000)

async function isGone(pid: number) {
  const { isRunning, waitUntil } = await script('processes.mjs')
  return waitUntil(() => !isRunning(pid), 10_000)
}

describe('npm start', { timeout: 30_000 }, () => {
  it('serves the demo, refuses a second start, lends its database to samen, and stops cleanly', async () => {
    const samen = await project.start('npm', ['start'])
    expect(await project.visit()).toEqual({ visits: 1, SAMEN_DEMO: '1', SAMEN_PREPARE: '1' })
    const database = project.databaseProcess()

    const second = await project.finish(project.node('scripts/start.mjs'))
    expect(second.code).toBe(1)
    expect(second.lines).toEqual([
      expect.stringMatching(
        `^Samen draait al op http://127.0.0.1:${project.port} \\(proces \\d+\\)\\. Stop die eerst met Ctrl-C\\.$`,
      ),
    ])
    const visits = await project.finish(project.node('scripts/samen.mjs', 'demo'))
    expect(visits).toEqual({ code: 0, lines: [`{"visits":1,"port":"${project.port}"}`] })
    expect(project.databaseProcess()).toBe(database)

    samen.child.kill('SIGTERM')
    expect(await samen.ended).toBe(0)
    expect(await isGone(database)).toBe(true)
    expect(existsSync(join(project.folder, '.samen/start.lock'))).toBe(false)

    const afterwards = await project.finish(project.node('scripts/samen.mjs', 'demo'))
    expect(afterwards).toEqual({ code: 0, lines: [`{"visits":1,"port":"${project.port}"}`] })
  })

  it('starts normally, with nothing lost, after each kind of kill -9', async () => {
    const first = await project.start()
    await project.visit()
    process.kill(-first.child.pid!, 'SIGKILL')

    const second = await project.start()
    expect(await project.visit()).toMatchObject({ visits: 2 })
    process.kill(project.databaseProcess(), 'SIGKILL')
    expect(await project.finish(second)).toMatchObject({
      code: 1,
      lines: [expect.anything(), 'De database is onverwacht gestopt; start Samen opnieuw.'],
    })

    const third = await project.start()
    expect(await project.visit()).toMatchObject({ visits: 3 })
    process.kill(project.databaseProcess(), 'SIGKILL')
    process.kill(-third.child.pid!, 'SIGKILL')

    await project.start()
    expect(await project.visit()).toMatchObject({ visits: 4 })
  })

  it('stops the database when the web process ends by itself', async () => {
    const samen = await project.start()
    const database = project.databaseProcess()
    await project.visit('/einde').catch(() => null)
    expect(await samen.ended).toBe(1)
    expect(samen.output()).toContain('Samen is gestopt: de webserver eindigde onverwacht (code 7).')
    expect(await isGone(database)).toBe(true)
  })

  it('says in one line that the port is busy, or wrong, before anything is started', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(project.port, '127.0.0.1', resolve))
    const busy = await project.finish(project.node('scripts/start.mjs'))
    await new Promise((resolve) => other.close(resolve))
    expect(busy.code).toBe(1)
    expect(busy.lines).toEqual([
      expect.stringMatching(`^Poort ${project.port} is al in gebruik\\. .*PORT=\\d+ npm start$`),
    ])

    const wrong = await project.finish(project.run(process.execPath, ['scripts/start.mjs'], { PORT: 'drie' }))
    expect(wrong).toEqual({
      code: 1,
      lines: ['PORT moet een getal van 1 tot en met 65535 zijn, niet "drie".'],
    })
    expect(existsSync(join(project.folder, '.samen/postgres'))).toBe(false)
  })

  it('says in one line that Node is too old', async () => {
    const older = 'data:text/javascript,Object.defineProperty(process, "version", {value: "v18.19.0"})'
    const old = await project.finish(project.node('--import', older, 'scripts/start.mjs'))
    expect(old).toEqual({
      code: 1,
      lines: ['Samen heeft Node 20.19 of nieuwer nodig; dit is Node 18.19.0.'],
    })
  })
})

it('samen compute needs no database and keeps its own exit code', async () => {
  const compute = await project.finish(project.node('scripts/samen.mjs', 'compute', 'verdict'))
  expect(compute).toEqual({ code: 2, lines: ['{"command":"compute","database":null}'] })
  expect(existsSync(join(project.folder, '.samen'))).toBe(false)
})
