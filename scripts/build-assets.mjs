/**
 * Builds what the browser gets: one style sheet and one ES module per file in apps/web/browser, each named by its
 * content (`samen.<hash>.css`), with compressed copies and a manifest, into dist/public. Runs in about a second.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { transform } from 'lightningcss'
import { rolldown } from 'rolldown'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OUT = process.env.SAMEN_ASSETS_OUT ?? join(ROOT, 'dist/public')
const BROWSER = join(ROOT, 'apps/web/browser')
const DESIGN = join(ROOT, 'apps/web/design')

const UTRECHT = [
  ...['document', 'heading-1', 'heading-2', 'heading-3', 'pre-heading', 'paragraph', 'link', 'skip-link'],
  ...['unordered-list', 'ordered-list', 'data-list', 'table', 'number-data', 'badge-status', 'alert'],
  ...['button', 'button-group', 'form-field', 'form-fieldset', 'form-label', 'form-field-description'],
  ...['form-field-error-message', 'textbox', 'textarea', 'select', 'checkbox', 'radio-button', 'page-footer'],
]
const OWN = ['tokens', 'base', 'layout', 'blocks', 'table', 'forms', 'charts', 'print']
const LICENCE =
  '/*! Component styles: Utrecht design system, EUPL-1.2, (c) Frameless B.V. and Gemeente Utrecht. */\n'
/** Phones of five years ago. */
const TARGETS = { chrome: 92 << 16, firefox: 91 << 16, safari: (15 << 16) | (4 << 8) }

const manifest = {}
await mkdir(OUT, { recursive: true })
await Promise.all([buildStyles(), buildModules()])
await dropOldFiles()
await writeFile(join(OUT, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)

async function buildStyles() {
  const utrecht = await Promise.all(
    UTRECHT.map((name) => readFile(join(ROOT, `node_modules/@utrecht/${name}-css/dist/index.css`), 'utf8')),
  )
  const own = await Promise.all(OWN.map((name) => readFile(join(DESIGN, `${name}.css`), 'utf8')))
  const used = await classesInViews()
  const unusedSymbols = [...new Set(utrecht.join('\n').match(/(?<=\.)utrecht-[\w-]+/g))].filter(
    (name) => !used.has(name),
  )
  const minify = (filename, css, options = {}) =>
    transform({ filename, code: Buffer.from(css), minify: true, targets: TARGETS, ...options }).code
  const code = Buffer.concat([
    Buffer.from(LICENCE),
    minify('utrecht.css', utrecht.join('\n'), { unusedSymbols }),
    minify('samen.css', own.join('\n')),
  ])
  await publish('samen.css', code)
}

/**
 * Every `utrecht-` class that a view or the code names: the style sheet carries only those. So write such a class
 * in full, never composed from pieces (`utrecht-button--{{kind}}`).
 */
async function classesInViews() {
  const found = new Set()
  for (const root of ['apps', 'libs']) {
    for (const file of await readdir(join(ROOT, root), { recursive: true })) {
      if (!/\.(hbs|ts)$/.test(file)) continue
      const text = await readFile(join(ROOT, root, file), 'utf8')
      for (const name of text.match(/utrecht-[\w-]+/g) ?? []) found.add(name)
    }
  }
  return found
}

async function buildModules() {
  const entries = (await readdir(BROWSER)).filter((file) => /^[\w-]+\.ts$/.test(file))
  for (const entry of entries) {
    const bundle = await rolldown({
      input: join(BROWSER, entry),
      tsconfig: false,
      logLevel: 'warn',
      // A module may use the pure rules of a library: from their source, as the tests do.
      resolve: { conditionNames: ['samen-src'], extensionAlias: { '.js': ['.ts', '.js'] } },
    })
    const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
    await bundle.close()
    await publish(entry.replace(/\.ts$/, '.js'), Buffer.from(output[0].code))
  }
}

async function publish(name, code) {
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 10)
  const file = name.replace(/\.(\w+)$/, `.${hash}.$1`)
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  await Promise.all([
    writeFile(join(OUT, file), code),
    writeFile(join(OUT, `${file}.gz`), gzipSync(code, { level: 9 })),
    writeFile(join(OUT, `${file}.br`), brotliCompressSync(code, brotli)),
  ])
  manifest[name] = file
}

/** Takes away builds of before; leaves everything else in the folder alone. */
async function dropOldFiles() {
  const current = new Set(Object.values(manifest))
  for (const file of await readdir(OUT)) {
    const built = /^(.+\.[0-9a-f]{10}\.(?:css|js))(?:\.gz|\.br)?$/.exec(file)
    if (built && !current.has(built[1])) await rm(join(OUT, file), { force: true })
  }
}
