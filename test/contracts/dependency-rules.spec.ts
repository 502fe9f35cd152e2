import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/** A project in which some imports are fine, and each of the others breaks the named rule. */
const FILES: Record<string, string> = {
  'libs/kernel/index.ts': 'export const cents = 1n',
  'libs/platform/index.ts': "import { cents } from '#kernel'\nexport const database = cents",
  'libs/notices/index.ts': "import { database } from '#platform'\nexport const send = database",
  'libs/identity/index.ts': "import { send } from '#notices'\nexport const person = send",
  'libs/members/index.ts': "export { member } from './store/member.js'",
  'libs/members/rules/kind.ts': "import { cents } from '#kernel'\nexport const kind = cents",
  'libs/members/store/member.ts': "import { person } from '#identity'\nexport const member = person",
  'libs/assemblies/index.ts': "export { verdict } from './rules/verdict.js'",
  'libs/assemblies/rules/verdict.ts': "import { base } from './base.js'\nexport const verdict = base",
  'libs/assemblies/rules/base.ts': 'export const base = 1',
  'libs/assemblies/rules/base.spec.ts': "import { it } from 'vitest'\nit('', () => {})",
  'libs/assemblies/service.ts': "import { member } from '#members'\nexport const service = member",
  'libs/members/two.ts': "import { one } from './one.js'\nexport const two = () => one",
  'apps/web/main.ts': "import { verdict } from '#assemblies'\nconsole.log(verdict)",
  'apps/cli/compute/run.ts': "import { verdict } from '../../../libs/assemblies/rules/verdict.js'\nverdict",
}

const VIOLATIONS: [rule: string, file: string, code: string][] = [
  ['rules-are-pure', 'libs/members/rules/reads-file.ts', "import 'node:fs'"],
  ['rules-are-pure', 'libs/members/rules/parses.ts', "import { z } from 'zod'\nz"],
  ['rules-are-pure', 'libs/members/rules/stores.ts', "import { member } from '../store/member.js'\nmember"],
  ['rules-are-pure', 'libs/members/rules/uses-platform.ts', "import { database } from '#platform'\ndatabase"],
  [
    'rules-are-pure',
    'libs/members/rules/types-too.ts',
    "import type { z } from 'zod'\nexport type A = z.ZodType",
  ],
  ['kernel-imports-nothing', 'libs/kernel/hash.ts', "import 'node:crypto'"],
  ['platform-knows-no-domain', 'libs/platform/person.ts', "import { person } from '#identity'\nperson"],
  ['notices-know-no-domain', 'libs/notices/member.ts', "import { member } from '#members'\nmember"],
  ['identity-knows-no-domain', 'libs/identity/member.ts', "import { member } from '#members'\nmember"],
  [
    'only-through-index',
    'libs/assemblies/deep.ts',
    "import { member } from '../members/store/member.js'\nmember",
  ],
  ['only-by-name', 'libs/assemblies/path.ts', "import { member } from '../members/index.js'\nmember"],
  [
    'apps-only-through-index',
    'apps/web/deep.ts',
    "import { base } from '../../libs/assemblies/rules/base.js'\nbase",
  ],
  ['apps-by-name', 'apps/web/path.ts', "import { verdict } from '../../libs/assemblies/index.js'\nverdict"],
  ['compute-is-pure', 'apps/cli/compute/database.ts', "import { database } from '#platform'\ndatabase"],
  ['nothing-imports-apps', 'libs/members/web.ts', "import '../../apps/web/main.js'"],
  ['no-tests-in-the-product', 'libs/members/tested.ts', "import { it } from 'vitest'\nit"],
  ['no-circular', 'libs/members/one.ts', "import { two } from './two.js'\nexport const one = () => two"],
  ['resolvable', 'libs/members/lost.ts', "import './nowhere.js'"],
]

let folder: string
let found: { rule: string; file: string }[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), `samen-test-${process.pid}-dependencies-`))
  for (const name of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
    cpSync(join(PROJECT, name), join(folder, name))
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
  const planted = VIOLATIONS.map(([, file, code]) => [file, code] as const)
  for (const [file, code] of [...Object.entries(FILES), ...planted]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${code}\n`)
  }
  found = await cruise()
}, 30_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cruise(): Promise<{ rule: string; file: string }[]> {
  const program = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [program, 'apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  return new Promise((resolve, reject) =>
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout) => {
      if (!stdout) return reject(error)
      const { violations } = JSON.parse(stdout).summary as {
        violations: { rule: { name: string }; from: string }[]
      }
      resolve(violations.map(({ rule, from }) => ({ rule: rule.name, file: from })))
    }),
  )
}

describe('the dependency rules', () => {
  it.each(VIOLATIONS)('%s catches %s', (rule, file) => {
    expect(found.filter((violation) => violation.file === file)).toContainEqual({ rule, file })
  })

  it('leave the other imports alone', () => {
    expect(found.filter(({ file }) => file in FILES)).toEqual([])
  })
})
