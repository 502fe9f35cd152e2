import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './processes.mjs'
import { inProject } from './project.mjs'
import { DISK_FULL_LINE, Refusal, saysDiskIsFull } from './refusal.mjs'

const FOLDERS = ['apps', 'libs', 'migrations']
const FILES = [
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build-assets.mjs',
]
// Tests are not built, templates are read from the source tree.
const NOT_BUILT = /\.spec\.ts$|\.hbs$/

const stampFile = () => inProject('dist', '.built')

/** A digest of everything that `npm run build` reads. About 10 ms. */
export function sourceStamp() {
  const digest = createHash('sha256')
  const paths = FOLDERS.flatMap(filesUnder).filter((path) => !NOT_BUILT.test(path))
  for (const path of [...FILES, ...paths.sort()]) {
    if (!existsSync(inProject(path))) continue
    digest
      .update(`${path}\0`)
      .update(readFileSync(inProject(path)))
      .update('\0')
  }
  return digest.digest('hex')
}

/** Whether `dist/` was built from the sources as they are now. */
export function isBuilt() {
  return existsSync(stampFile()) && readFileSync(stampFile(), 'utf8').trim() === sourceStamp()
}

/** Builds when `dist/` is absent or older than the sources. */
export async function ensureBuilt({ say, signal }) {
  if (isBuilt()) return
  say('Bouwen …')
  await build({ signal })
}

/** Builds `dist/`: the apps and libraries, then the browser's assets. The stamp comes last, when all is there. */
export async function build({ signal } = {}) {
  rmSync(stampFile(), { force: true })
  const stamp = sourceStamp()
  await step([inProject('node_modules/@nestjs/cli/bin/nest.js'), 'build'], signal)
  removeOutputWithoutSource()
  if (existsSync(inProject('scripts/build-assets.mjs')))
    await step([inProject('scripts/build-assets.mjs')], signal)
  mkdirSync(inProject('dist'), { recursive: true })
  writeFileSync(stampFile(), `${stamp}\n`)
}

async function step(args, signal) {
  const run = await runProgram(process.execPath, args, { cwd: inProject(), signal })
  if (run.code === 0) return
  if (saysDiskIsFull(run.output)) throw new Refusal(DISK_FULL_LINE)
  process.stderr.write(run.output)
  throw new Refusal('Bouwen mislukte; zie de melding hierboven.')
}

/** A migration or module that was deleted must not live on in `dist/`. */
function removeOutputWithoutSource() {
  for (const folder of FOLDERS)
    for (const path of filesUnder(join('dist', folder))) {
      const source = path.slice('dist/'.length).replace(/\.(js|js\.map|d\.ts)$/, '.ts')
      if (source.endsWith('.ts') && !existsSync(inProject(source))) rmSync(inProject(path))
    }
}

function filesUnder(folder) {
  if (!existsSync(inProject(folder))) return []
  return readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}
