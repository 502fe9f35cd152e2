import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What the system knows of a process: `{zombie, mark}`, or null when it is gone. The mark differs for a
 * later process that was given the same number, also after a reboot.
 */
export function processFacts(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
    const line = ps.stdout?.trim()
    return line ? { zombie: line.startsWith('Z'), mark: line.replace(/^\S+\s+/, '') } : null
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name may hold spaces and brackets: the fields start after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return { zombie: fields[0] === 'Z' || fields[0] === 'X', mark: `${boot}:${fields[19]}` }
  } catch {
    return null
  }
}

/** Whether process `pid` runs and, when a mark is given, is still the same one. */
export function isRunning(pid, mark) {
  const facts = processFacts(pid)
  return facts !== null && !facts.zombie && (mark === undefined || facts.mark === mark)
}

/** The arguments that process `pid` was started with; empty when it is gone or not ours to see. */
export function commandLine(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.split(/\s+/)
  } catch {
    return []
  }
}

/** Waits until `condition()` holds, at most `milliseconds`; answers whether it did. */
export async function waitUntil(condition, milliseconds, interval = 15) {
  const end = Date.now() + milliseconds
  while (!condition()) {
    if (Date.now() > end) return false
    await sleep(interval)
  }
  return true
}

/** The first of `names` that can be run from PATH, or null. */
export function findProgram(...names) {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        if (folder && statSync(path).isFile()) return path
      } catch {
        // Not here: look on.
      }
    }
  return null
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Runs a program to its end and answers `{code, signal, output}`. Output is kept (stdout and stderr as they
 * came), not shown, unless `options.stdio` says otherwise. Aborting `options.signal` ends the program and
 * rejects. `options.input` is written to its stdin, which is empty otherwise.
 */
export function runProgram(command, args, { input, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...options,
    })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(error)
      // It was told to end: wait until it has, so that nothing works on behind our back.
      else setTimeout(() => child.kill('SIGKILL'), 2_000).unref()
    })
    child.on('close', (code, signal) => {
      if (options.signal?.aborted) reject(options.signal.reason)
      else resolve({ code, signal, output })
    })
  })
}
