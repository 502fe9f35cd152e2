import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { commandLine, isRunning, processFacts, sendSignal, waitUntil } from '../processes.mjs'
import { Refusal } from '../refusal.mjs'

/** What `postmaster.pid` says: `{pid, data, status}`, or null when there is none. */
export function readPidFile(data) {
  let lines
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
  return { pid: Number(lines[0]), data: lines[1], status: lines[7]?.trim() }
}

/**
 * Makes the data folder ready for a new server after any kind of crash: an orphaned server of ours is stopped
 * (nothing committed is lost), a lock file whose process is gone, a zombie or something else is removed.
 */
export async function clearTheWay(data) {
  const file = readPidFile(data)
  if (!file) return
  if (isServerOf(file.pid, data)) {
    const facts = processFacts(file.pid)
    const gone = () => !isRunning(file.pid, facts?.mark)
    for (const [signal, patience] of [
      ['SIGINT', 30_000],
      ['SIGQUIT', 10_000],
    ]) {
      sendSignal(file.pid, signal)
      if (await waitUntil(gone, patience)) break
    }
    if (!gone())
      throw new Refusal(
        `Een eerdere database (proces ${file.pid}) wil niet stoppen; beëindig dat proces en start opnieuw.`,
      )
  }
  // PostgreSQL itself still refuses when processes of a killed server are attached to its shared memory.
  rmSync(join(data, 'postmaster.pid'), { force: true })
}

/** Whether process `pid` is a PostgreSQL server that was started on this data folder. */
export function isServerOf(pid, data) {
  if (!isRunning(pid)) return false
  const words = commandLine(pid)
  const folder = words[words.indexOf('-D') + 1]
  if (!/^postgres(\.exe)?$/.test(basename(words[0] ?? '')) || !words.includes('-D')) return false
  return samePath(folder, data)
}

function samePath(one, other) {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return one === other
  }
}
