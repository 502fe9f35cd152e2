/**
 * An import of 5,000 members: from the upload over HTTP to the preview on the screen, as CSV and as a workbook,
 * against the bare spreadsheet libraries that only read the same file; in turns in the same run.
 */
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Workbook } from '@cj-tech-master/excelts'
import { parse } from 'csv-parse/sync'
import 'reflect-metadata'
import { writeCsv, writeXlsx } from '#sheets'
import { median, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const ROWS = 5000
const ROUNDS = 5
const HEAD = ['Lidnummer', 'Naam', 'Soort', 'Lid sinds', 'Rechtsvorm', 'KvK-nummer', 'Straat en nummer']
HEAD.push('Postcode', 'Plaats', 'IBAN', 'Contactpersoon', 'E-mail contact', 'Telefoon contact')
const members = Array.from({ length: ROWS }, (_, at) => [
  ...[
    '',
    `Organisatie ${at}`,
    at % 3 ? 'Stemlid' : 'Steunlid',
    '01-02-2020',
    'Stichting',
    `${20_000_000 + at}`,
  ],
  ...[`Zonstraat ${at}`, '3512 AB', 'Utrecht', 'NL91ABNA0417164300', `Persoon ${at}`, `c${at}@example.org`],
  '030 123 45 67',
])
const files = {
  csv: writeCsv([HEAD, ...members]),
  xlsx: await writeXlsx([{ name: 'Leden', columns: HEAD.map((header) => ({ header })), rows: members }]),
}
const bareReaders = {
  csv: async (content) => parse(content, { delimiter: ';', bom: true }).length,
  xlsx: async (content) => {
    const workbook = new Workbook()
    await workbook.xlsx.load(content)
    return workbook.getWorksheet('Leden').rowCount
  },
}

const web = await startWeb({
  ...{ SAMEN_DEMO: '1', SAMEN_PREPARE: '1', SESSION_SECRET: randomUUID(), LOG_LEVEL: 'error' },
})
const signedIn = await fetch(`${web.url}/demo/inloggen`, {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'email=serviceteam@example.org',
  redirect: 'manual',
})
const cookie = signedIn.headers.getSetCookie()[0].split(';')[0]

const lines = []
for (const [kind, content] of Object.entries(files)) {
  const times = { bare: [], preview: [] }
  for (let round = 0; round < ROUNDS; round++) {
    await timed(times.bare, async () => {
      if ((await bareReaders[kind](content)) !== ROWS + 1) throw new Error(`Not all rows of the ${kind}`)
    })
    const form = await uploadForm(kind, content)
    await timed(times.preview, () => preview(form))
  }
  const [value, limit] = [median(times.preview), median(times.bare)]
  const about = { note: `${ROWS} rows, ${Math.round(content.length / 1000)} kB; upload, plan and page` }
  lines.push({
    name: `import preview, ${kind}`,
    ...{ value, unit: 'ms', limit, ratio: value / limit, aim: '< 3,000 ms', ...about },
  })
}
await web.stop()
report(lines)

async function uploadForm(kind, content) {
  const page = await (await fetch(`${web.url}/leden/import`, { headers: { cookie } })).text()
  const form = new FormData()
  form.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(page)[1])
  form.set('verzoek', randomUUID())
  form.set('ingang', '2020-02-15')
  form.append('bestand', new Blob([content]), `leden.${kind}`)
  return form
}

async function preview(form) {
  const options = { method: 'POST', headers: { cookie }, body: form, redirect: 'manual' }
  const answer = await fetch(`${web.url}/leden/import`, options)
  const shown = await fetch(new URL(answer.headers.get('location'), web.url), { headers: { cookie } })
  const text = await shown.text()
  if (!/>5[.,]000</.test(text)) throw new Error(`The preview does not show all rows (${answer.status})`)
}

async function timed(times, work) {
  const start = performance.now()
  await work()
  times.push(performance.now() - start)
}
