import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../dist/apps/web/main.js', import.meta.url))

/** The built web process on a free port, without the worker: `{url, pid, stop()}`. */
export async function startWeb(env) {
  const profile = process.env.SAMEN_CPU_PROFILE
    ? ['--cpu-prof', '--cpu-prof-dir', process.env.SAMEN_CPU_PROFILE]
    : []
  const child = spawn(process.execPath, [...profile, MAIN], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SAMEN_WORKER: 'separate', REDIS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(http:\/\/\S+)/.exec(line)?.[1]
    if (!url) continue
    child.stdout.resume()
    return {
      url,
      pid: child.pid,
      stop: async () => {
        child.kill('SIGTERM')
        await once(child, 'exit')
      },
    }
  }
  throw new Error('The web process did not start')
}
