import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../project.mjs'
import { chooseHome, databaseAccount } from './account.mjs'
import { postgresBinaries } from './binaries.mjs'
import { startCluster } from './cluster.mjs'

/** Starts the project's own PostgreSQL, see `startCluster`. Call it only under the project's lock. */
export function startEmbedded({ say, signal }) {
  const account = accountHere()
  const home = chooseHome(PROJECT, account)
  if (home !== join(PROJECT, '.samen', 'postgres'))
    say(`De database staat in ${home}, omdat gebruiker ${account.name} niet bij deze map kan.`)
  return startCluster({ home, account, binaries: postgresBinaries(account), say, signal })
}

/** The account that PostgreSQL runs under on this machine, or null for the own one. */
export function accountHere() {
  const uid = process.getuid?.() ?? -1
  return databaseAccount(uid, uid === 0 ? readFileSync('/etc/passwd', 'utf8') : '')
}
