import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '#platform'

/** A process of the built product, as `npm start` and the containers run it. */
export interface BuiltProcess {
  child: ChildProcess
  /** The address it printed, when it printed one. */
  url: string
  output(): string
  stop(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>
}

/** Starts `dist/apps/<entry>` and waits until its output matches. */
export async function startBuilt(
  entry: string,
  env: Record<string, string>,
  ready: RegExp = /Samen draait op (http\S+)/,
): Promise<BuiltProcess> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/apps', entry)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>
  const found = new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const match = ready.exec(output)
      if (match) resolve(match)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    exit.then(() => reject(new Error(`It ended: ${output}`)))
  })
  const match = await found
  return {
    child,
    url: match[1] ?? '',
    output: () => output,
    stop: async (signal) => {
      child.kill(signal)
      const [code, by] = await exit
      return { code, signal: by }
    },
  }
}
