import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isRunning, processFacts } from './processes.mjs'

/**
 * One running Samen per project: a file that names its process. It is given up by dying too, because the
 * next one compares the process number and its start time with what runs now.
 *
 * `acquireLock(path, record)` answers `{held, previous}` with a lock to update and release, and the record
 * that a dead process left behind (or null); or `{holder}`, the record of the living one.
 */
export function acquireLock(path, record) {
  const mine = { ...record, pid: process.pid, mark: processFacts(process.pid)?.mark }
  const draft = `${path}.${process.pid}`
  let previous = null
  for (;;) {
    write(draft, mine)
    try {
      // A hard link fails when the name exists and shows the file whole: taking the lock is one step.
      linkSync(draft, path)
      rmSync(draft)
      return { held: new Lock(path, mine), previous }
    } catch (error) {
      rmSync(draft, { force: true })
      if (error.code !== 'EEXIST') throw error
    }
    const found = readLock(path)
    if (found && isRunning(found.pid, found.mark)) return { holder: found }
    previous = found
    removeStale(path, found)
  }
}

/** The record in the lock file, or null when there is none that can be read. */
export function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

class Lock {
  #path
  #record

  constructor(path, record) {
    this.#path = path
    this.#record = record
  }

  /** Adds facts to the record (address, database, children), for others to read. */
  update(facts) {
    Object.assign(this.#record, facts)
    const draft = `${this.#path}.${process.pid}`
    write(draft, this.#record)
    renameSync(draft, this.#path)
  }

  release() {
    if (readLock(this.#path)?.mark === this.#record.mark) rmSync(this.#path, { force: true })
  }
}

function write(path, record) {
  writeFileSync(path, `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

/** Two that find the same stale lock must not remove each other's new one: move it away, then look at it. */
function removeStale(path, seen) {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  const moved = readLock(aside)
  if (moved && moved.mark !== seen?.mark && isRunning(moved.pid, moved.mark)) {
    try {
      linkSync(aside, path)
    } catch {
      // Yet another took it meanwhile; its turn.
    }
  }
  rmSync(aside, { force: true })
}
