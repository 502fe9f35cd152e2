/**
 * A quarterly report of 60 lines and 40 indicators that comes back as a workbook and as a list: read in a thread of
 * its own within limits, compared with the web and judged by all rules, against the bare spreadsheet library reading
 * the same bytes on the main thread; in turns in the same run.
 */
import { performance } from 'node:perf_hooks'
import { Workbook } from '@cj-tech-master/excelts'
import { parse } from 'csv-parse/sync'
import 'reflect-metadata'
import { draftFields } from '#accountability'
import { Fraction, Quarter } from '#kernel'
import { Messages } from '#platform'
import { readSheets } from '#sheets'
import { shownFindings } from '../../dist/libs/report-sheets/pages/finding-words.js'
import { textsOf } from '../../dist/libs/report-sheets/words.js'
import { judgeFile } from '../../dist/libs/report-sheets/workbook/judge.js'
import { readReportFile } from '../../dist/libs/report-sheets/workbook/read-file.js'
import { writeReportList } from '../../dist/libs/report-sheets/workbook/write-list.js'
import { writeReportWorkbook } from '../../dist/libs/report-sheets/workbook/write-workbook.js'
import { median, report } from './support/table.mjs'

const LINES = 60
const INDICATORS = 40
const ROUNDS = 15
const KINDS = ['count', 'unique', 'percentage', 'grade', 'nOfM', 'yesNo']
const TARGETS = ['300', '300', '75', '7.5', '12/20', 'yes']

const template = {
  wijkbudgetCents: 60_000_000n,
  explainOver: Fraction.of(10, 100),
  ownMeansShare: Fraction.of(5, 100),
  socialReturnShare: Fraction.of(5, 100),
  lines: Array.from({ length: LINES }, (_, i) => ({
    id: `post-${i}`,
    label: `Post ${i}`,
    budgetCents: 1_000_000n,
  })),
  indicators: Array.from({ length: INDICATORS }, (_, i) => ({
    id: `indicator-${i}`,
    label: `Indicator ${i}`,
    kind: KINDS[i % KINDS.length],
    unit: 'mensen',
    target: TARGETS[i % TARGETS.length],
    better: 'higher',
    due: 'quarter',
  })),
}
const quarter = Quarter.parse('2019-Q4')
const fields = draftFields(template)
/** Half of it is fine; the rest misses a sentence, is too much or can't be read. */
const typed = new Map(fields.map((field, i) => [field, ['1.250,00', '12.000', 'Het ging goed.'][i % 3]]))
const subject = {
  area: { slug: 'oost', name: 'Oost' },
  ...{ quarter, dueOn: '2020-02-14', agreementVersion: 1, template, fields: typed, open: new Set(fields) },
}
const messages = new Messages()
const text = textsOf(messages, 'nl')
const files = { xlsx: await writeReportWorkbook(subject, text), csv: writeReportList(subject, text) }
const web = { ...subject, fields: new Map() }
const bare = {
  xlsx: async (content) => {
    const workbook = new Workbook()
    await workbook.xlsx.load(content)
    return workbook.getWorksheet('Geld').rowCount
  },
  csv: async (content) => parse(content, { delimiter: ';', bom: true }).length,
}

const lines = []
for (const [kind, content] of Object.entries(files)) {
  const times = { bare: [], checked: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    await timed(round > 0 && times.bare, () => bare[kind](content))
    await timed(round > 0 && times.checked, () => checked(content))
  }
  const [value, limit] = [median(times.checked), median(times.bare)]
  const note = `${LINES} lines, ${INDICATORS} indicators, ${Math.round(content.length / 1000)} kB`
  lines.push({
    ...{ name: `report workbook checked, ${kind}`, value, unit: 'ms', limit, ratio: value / limit },
    ...{ aim: '< 3,000 ms', note },
  })
}
const started = performance.now()
await writeReportWorkbook(subject, text)
lines.push({ name: 'report workbook written', value: performance.now() - started, unit: 'ms' })
report(lines)

/** What an upload costs: everything but the web server and the database. */
async function checked(content) {
  const read = readReportFile(await readSheets({ name: 'werkmap', content }), subject)
  const setting = { template, quarter, today: '2020-02-15', previous: null }
  const judged = judgeFile(read, web, setting)
  const findings = shownFindings(messages, 'nl', read.problems, judged)
  if (judged.fields.length !== fields.length || findings.length === 0) throw new Error('Not all was read')
  return findings.length
}

async function timed(list, work) {
  const start = performance.now()
  await work()
  if (list) list.push(performance.now() - start)
}
