import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../refusal.mjs'

const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 }

/** Where the database lives when its account can't reach the project. */
export const SHARED_FOLDER = '/var/lib/samen'

/**
 * The account that PostgreSQL runs under: null for the own one, because only root is refused by PostgreSQL.
 * Root uses the account `postgres` of `/etc/passwd` (given as text), else nobody.
 */
export function databaseAccount(uid, passwd) {
  if (uid !== 0) return null
  const entry = passwd.split('\n').find((line) => line.startsWith('postgres:'))
  const fields = entry?.split(':') ?? []
  const account = { name: 'postgres', uid: Number(fields[2]), gid: Number(fields[3]) }
  return Number.isInteger(account.uid) && account.uid > 0 && account.gid > 0 ? account : NOBODY
}

/** Spawn options that make a program run as the account, from a folder that everyone can reach. */
export function asAccount(account) {
  return account ? { uid: account.uid, gid: account.gid, cwd: '/' } : { cwd: '/' }
}

/** Whether the account can go to a folder: tried, because access lists and mounts also have a say. */
export function canReach(account, folder) {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { stdio: 'ignore', ...asAccount(account) }).status ===
    0
  )
}

/** Makes a folder that belongs to the account and that nobody else may enter. */
export function makeOwnFolder(account, folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
}

/**
 * The folder of this project's database: `.samen/postgres`, or under /var/lib/samen when the account can't
 * work there. Data that exist stay where they are.
 */
export function chooseHome(project, account) {
  const near = join(project, '.samen', 'postgres')
  if (!account) return near
  const far = join(SHARED_FOLDER, createHash('sha256').update(project).digest('hex').slice(0, 16))
  const nearHasData = existsSync(join(near, 'data', 'PG_VERSION'))
  if (!nearHasData && existsSync(join(far, 'data', 'PG_VERSION'))) return far
  if (canWorkIn(account, near, nearHasData)) return near
  if (nearHasData)
    throw new Refusal(
      `Gebruiker ${account.name} kan niet meer bij de database in ${near}; geef die map weer toegang.`,
    )
  return far
}

function canWorkIn(account, home, hasData) {
  const state = dirname(home)
  try {
    if (!existsSync(state)) mkdirSync(state)
    // The state folder holds no secrets that are readable by themselves; passing through it must be possible.
    chmodSync(state, 0o711)
    if (!canReach(account, state)) return false
    makeOwnFolder(account, home)
    if (canReach(account, home)) return true
    if (!hasData) rmdirSync(home)
    return false
  } catch (error) {
    // Some file systems know no other owner than their own.
    if (error.code === 'EPERM' || error.code === 'EINVAL' || error.code === 'ENOTEMPTY') return false
    throw error
  }
}
