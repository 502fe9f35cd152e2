import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { Life } from './life.mjs'
import { inProject } from './project.mjs'
import { Refusal } from './refusal.mjs'
import { runNode, seconds, stage } from './stages.mjs'
import { startTestServices } from './test-services.mjs'
import { ensureTestTools } from './tools.mjs'

/**
 * `npm test`: installs what is absent, builds, checks and runs every test. Words behind `--` go to vitest;
 * `--deep` runs the long repetitions too.
 */
export function main(args) {
  return new Life().run((life) => test(life, args), 1)
}

async function test(life, args) {
  const started = performance.now()
  const { signal } = life
  const step = { say: (line) => console.log(line), signal }
  const deep = args.includes('--deep') ? { SAMEN_DEEP: '1' } : {}

  await stage('onderdelen', () => ensureInstalled(step))
  await stage('hulpmiddelen', () => ensureTestTools(step))
  await stage('bouwen', () => ensureBuilt(step))
  const failed = []
  const tried = (name, work) => stage(name, work).catch((error) => failed.push(error.message))
  await tried('controle', () => runNode('De controle', [inProject('scripts/check.mjs')], { signal }))
  const services = await stage('testdiensten', () => startTestServices({ signal }))
  life.onClose(services.stop)
  await tried('tests', () => {
    const words = [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      ...args.filter((word) => word !== '--deep'),
    ]
    return runNode('De testreeks', words, { signal, env: { ...services.env, ...deep } })
  })
  signal.throwIfAborted()
  if (failed.length > 0) throw new Refusal(failed.join(' '))
  console.log(`\nAlles in orde (${seconds(started)}).`)
  return 0
}
