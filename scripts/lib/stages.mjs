import { spawn } from 'node:child_process'
import { inProject } from './project.mjs'
import { Refusal } from './refusal.mjs'

/** Runs `work` as a named stage: prints the name, and how long it took in the end. */
export async function stage(name, work) {
  console.log(`\n▸ ${name}`)
  const started = performance.now()
  try {
    const result = await work()
    console.log(`✓ ${name} (${seconds(started)})`)
    return result
  } catch (error) {
    console.log(`✗ ${name} (${seconds(started)})`)
    throw error
  }
}

/** Runs a Node program of the project with its output shown; refuses when it fails. */
export async function runNode(name, args, { env, signal } = {}) {
  const options = {
    cwd: inProject(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  }
  const child = spawn(process.execPath, args, options)
  const stop = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code))
  })
  signal?.removeEventListener('abort', stop)
  if (code !== 0) throw new Refusal(`${name} is niet in orde.`)
}

export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
