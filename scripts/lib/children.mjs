import { spawn } from 'node:child_process'
import { isRunning, processFacts, sendSignal, waitUntil } from './processes.mjs'
import { inProject } from './project.mjs'

const DIES_WITH_PARENT = new URL('./dies-with-parent.mjs', import.meta.url).href

/**
 * Starts a built app, such as `apps/web/main.js`, as a child that shares this terminal's output:
 * `{record, exited, stop(), kill()}`. In a group of its own, so that a Ctrl-C reaches it once and in order; the
 * channel to its parent lets it end when the parent is killed.
 */
export function startApp(name, entry, env, args = []) {
  const preload = ['--enable-source-maps', '--import', DIES_WITH_PARENT]
  const child = spawn(process.execPath, [...preload, inProject('dist', entry), ...args], {
    cwd: inProject(),
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let gone = false
  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve({ name, code: null, signal: error.code }))
    child.on('exit', (code, signal) => resolve({ name, code, signal }))
  }).then((how) => {
    gone = true
    return how
  })
  const stop = async () => {
    for (const [signal, patience] of [
      ['SIGTERM', 10_000],
      ['SIGKILL', 5_000],
    ]) {
      if (gone) return
      sendSignal(child.pid, signal)
      await Promise.race([exited, waitUntil(() => gone, patience, 50)])
    }
  }
  const kill = () => {
    if (!gone) sendSignal(child.pid, 'SIGKILL')
  }
  return { record: { name, pid: child.pid, mark: processFacts(child.pid)?.mark }, exited, stop, kill }
}

/** Apps of a killed start end themselves; this waits for it, and ends one that does not. */
export async function stopLeftovers(previous) {
  for (const { pid, mark } of previous?.children ?? []) {
    if (!mark || (await waitUntil(() => !isRunning(pid, mark), 3_000))) continue
    sendSignal(pid, 'SIGKILL')
    await waitUntil(() => !isRunning(pid, mark), 3_000)
  }
}
