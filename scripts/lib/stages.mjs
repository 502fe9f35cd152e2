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

/** Runs a Node program of the project as a stage beside others: what it printed is shown as a whole, at its end. */
export async function stageAside(name, args) {
  const started = performance.now()
  const printed = []
  const keep = (chunk) => printed.push(chunk)
  const child = spawn(process.execPath, args, { cwd: inProject(), stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  console.log(`\n▸ ${name}`)
  process.stdout.write(Buffer.concat(printed))
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(started)})`)
  if (code !== 0) throw new Refusal(`${name} is niet in orde.`)
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
