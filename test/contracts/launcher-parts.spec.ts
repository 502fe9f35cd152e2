import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { script } from './launcher/project.js'

describe('the account of the database', async () => {
  const { databaseAccount } = await script('postgres/account.mjs')
  const root = 'root:x:0:0:root:/root:/bin/bash\n'
  const nobody = { name: 'nobody', uid: 65534, gid: 65534 }

  it.each([
    ['an ordinary user is its own', 1000, `${root}postgres:x:101:104::/:/bin/sh\n`, null],
    [
      'root uses postgres',
      0,
      `${root}postgres:x:101:104::/:/bin/sh\n`,
      { name: 'postgres', uid: 101, gid: 104 },
    ],
    ['root without that user becomes nobody', 0, root, nobody],
    ['a postgres that is root itself does not count', 0, `${root}postgres:x:0:0::/:/bin/sh\n`, nobody],
    ['nor does one that only starts so', 0, `${root}postgres-exporter:x:7:7::/:/bin/sh\n`, nobody],
  ])('%s', (_, uid, passwd, account) => {
    expect(databaseAccount(uid, passwd)).toEqual(account)
  })
})

describe('what a crash leaves behind', () => {
  let folder: string
  let bystander: ReturnType<typeof spawn>

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `samen-test-${process.pid}-leftover-`))
    bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' })
  })
  afterEach(() => {
    bystander.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  it('a database lock whose process number belongs to another program is removed, the program left alone', async () => {
    const { clearTheWay, readPidFile } = await script('postgres/leftover.mjs')
    const { isRunning } = await script('processes.mjs')
    writeFileSync(
      join(folder, 'postmaster.pid'),
      `${bystander.pid}\n${folder}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`,
    )
    expect(readPidFile(folder)).toEqual({ pid: bystander.pid, data: folder, status: 'ready' })
    await clearTheWay(folder)
    expect(readPidFile(folder)).toBeNull()
    expect(isRunning(bystander.pid)).toBe(true)
  })

  it('the start lock of a process that is gone, or whose number is used again, can be taken', async () => {
    const { acquireLock, readLock } = await script('lock.mjs')
    const path = join(folder, 'start.lock')
    for (const mark of ['an earlier process', undefined]) {
      writeFileSync(
        path,
        JSON.stringify({ command: 'start', pid: mark ? bystander.pid : 2 ** 22 + 1, mark, children: [] }),
      )
      const { held, previous } = acquireLock(path, { command: 'start' })
      expect(previous.children).toEqual([])
      expect(readLock(path).pid).toBe(process.pid)
      expect(acquireLock(path, { command: 'start' }).holder.pid).toBe(process.pid)
      held.release()
      expect(readLock(path)).toBeNull()
    }
  })

  it('a start lock that was cut short by a full disk can be taken', async () => {
    const { acquireLock } = await script('lock.mjs')
    writeFileSync(join(folder, 'start.lock'), '{"pid":')
    expect(acquireLock(join(folder, 'start.lock'), {}).held).toBeDefined()
  })
})

describe('one line for each failure', async () => {
  const { lineFor, Refusal } = await script('refusal.mjs')
  const failure = (code: string) =>
    Object.assign(new Error(`${code}: something, open '/x'`), { code, path: '/x' })

  it.each([
    [new Refusal('Zo kan het niet.'), 'Zo kan het niet.'],
    [failure('ENOSPC'), 'De schijf is vol. Maak ruimte vrij en start opnieuw; er is niets verloren.'],
    [failure('EACCES'), 'Geen rechten voor /x. Start Samen als de eigenaar van deze map.'],
    [failure('EROFS'), 'De map /x is alleen te lezen; Samen moet er kunnen schrijven.'],
    [new Error('first\nsecond'), 'Er ging iets mis: first'],
  ])('%s', (error, line) => {
    expect(lineFor(error)).toBe(line)
  })
})

describe('the lock file', async () => {
  const { lineWithRegistry, missingFromLock } = await script('lock-file.mjs')

  it('names no registry', () => {
    const address = 'https://registry.example.org'
    expect(lineWithRegistry('{\n  "name": "samen"\n}')).toBeNull()
    expect(lineWithRegistry(`{\n  "resolved": "${address}/x.tgz"\n}`)).toBe(2)
    expect(lineWithRegistry(`@scope:registry=${address}`)).toBe(1)
  })

  it('holds the packages of every platform', () => {
    const packages = {
      'node_modules/tool': {
        dev: true,
        license: 'MIT',
        optionalDependencies: { '@tool/linux-arm64-musl': '1.2.3', there: '1.0.0' },
      },
      'node_modules/there': { version: '1.0.0' },
    }
    expect(missingFromLock({ packages })).toEqual({
      'node_modules/@tool/linux-arm64-musl': {
        ...{ version: '1.2.3', os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
        ...{ dev: true, license: 'MIT', optional: true },
      },
    })
  })
})
