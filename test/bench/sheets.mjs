/**
 * Reading a workbook and a CSV file of 5,000 members with 16 columns, checked and in a thread of its own, against
 * the bare library reading the same bytes into the same rows on the main thread; in turns in the same run.
 */
import { performance } from 'node:perf_hooks'
import { Workbook } from '@cj-tech-master/excelts'
import { parse } from 'csv-parse/sync'
import 'reflect-metadata'
import { readSheets, writeCsv, writeXlsx } from '#sheets'
import { median, report } from './support/table.mjs'

const ROWS = 5_000
const COLUMNS = 16
const ROUNDS = 7

const kinds = Array.from({ length: COLUMNS }, (_, i) => ['text', 'day', 'money'][i % 8] ?? 'text')
const columns = kinds.map((kind, i) => ({ header: `Kolom ${i + 1}`, kind }))
const rows = Array.from({ length: ROWS }, (_, row) =>
  kinds.map((kind, i) =>
    kind === 'day' ? `2020-01-${(row % 20) + 10}` : kind === 'money' ? BigInt(row * i) : `Tekst ${row}.${i}`,
  ),
)
const xlsx = await writeXlsx([{ name: 'Leden', columns, rows }])
const csv = writeCsv([columns.map(({ header }) => header), ...rows])

const times = { xlsx: [], bareXlsx: [], csv: [], bareCsv: [], write: [] }
for (let round = 0; round <= ROUNDS; round++) {
  const warm = round > 0 // the first round warms up
  await timed(warm && times.bareXlsx, async () => {
    const workbook = new Workbook()
    await workbook.xlsx.load(xlsx)
    return workbook.worksheets[0].rowCount
  })
  await timed(
    warm && times.xlsx,
    async () => (await readSheets({ name: 'leden.xlsx', content: xlsx }))[0].rows.length,
  )
  await timed(warm && times.bareCsv, async () => parse(csv, { delimiter: ';', bom: true }).length)
  await timed(
    warm && times.csv,
    async () => (await readSheets({ name: 'leden.csv', content: csv }))[0].rows.length,
  )
  const start = performance.now()
  await writeXlsx([{ name: 'Leden', columns, rows }])
  if (warm) times.write.push(performance.now() - start)
}

const line = (name, measured, bare, aim) => {
  const [value, limit] = [median(measured), median(bare)]
  return { name, value, unit: 'ms', limit, ratio: value / limit, aim, note: `${ROWS} × ${COLUMNS}` }
}
report([
  line('read XLSX', times.xlsx, times.bareXlsx, '≤ 1.00'),
  line('read CSV', times.csv, times.bareCsv, '≤ 3.00'),
  { name: 'write XLSX', value: median(times.write), unit: 'ms', note: `${ROWS} × ${COLUMNS}` },
])

async function timed(list, read) {
  const start = performance.now()
  const found = await read()
  if (list) list.push(performance.now() - start)
  if (found !== ROWS + 1) throw new Error(`${found} rows, not ${ROWS + 1}`)
}
