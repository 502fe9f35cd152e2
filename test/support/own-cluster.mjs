import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canReach } from '../../scripts/lib/postgres/account.mjs'
import { postgresBinaries } from '../../scripts/lib/postgres/binaries.mjs'
import { startCluster } from '../../scripts/lib/postgres/cluster.mjs'
import { accountHere } from '../../scripts/lib/postgres/embedded.mjs'
import { readPidFile } from '../../scripts/lib/postgres/leftover.mjs'
import { sendSignal } from '../../scripts/lib/processes.mjs'

/** Starts a PostgreSQL that keeps its promises, in a temporary folder, to be killed and started again. */
export async function startOwnCluster() {
  const account = accountHere()
  // A folder of this name is cleared away by a later run when this one was killed.
  const parent = canReach(account, tmpdir()) ? tmpdir() : '/tmp'
  const folder = mkdtempSync(join(parent, `samen-test-${process.pid}-`))
  chmodSync(folder, 0o711)
  const home = join(folder, 'postgres')
  const options = { home, account, binaries: postgresBinaries(account), sync: false }
  let server = await startCluster(options)
  const { databaseUrl } = server
  return {
    databaseUrl,
    crash: async () => {
      const { pid } = readPidFile(join(home, 'data'))
      for (const each of [pid, ...childrenOf(pid)]) sendSignal(each, 'SIGKILL')
      await server.exited
    },
    start: async () => {
      server = await startCluster(options)
      if (server.databaseUrl !== databaseUrl) throw new Error('Something else took the port of the database')
    },
    remove: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server's processes; elsewhere than on Linux they end by themselves when the first is gone. */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).map(Number)
  } catch {
    return []
  }
}
