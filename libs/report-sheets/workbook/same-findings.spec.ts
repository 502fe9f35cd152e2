import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessDraft } from '#accountability'
import { Messages } from '#platform'
import { readSheets } from '#sheets'
import { repetitions } from '../../../test/support/repetitions.js'
import { editedWorkbook, sampleSubject, sampleTemplate } from '../../../test/support/report-files.js'
import { textsOf } from '../words.js'
import { judgeFile } from './judge.js'
import { readReportFile } from './read-file.js'
import { writeReportList } from './write-list.js'
import { writeReportWorkbook } from './write-workbook.js'

const text = textsOf(new Messages(), 'nl')
const subject = sampleSubject()
const setting = (today = '2020-02-15') => ({
  template: sampleTemplate,
  quarter: subject.quarter,
  today,
  previous: null,
})
const read = async (content: Buffer) =>
  readReportFile(await readSheets({ name: 'werkmap', content }), subject)
const RUNS = { numRuns: repetitions(40, 1000) }
const TIME = repetitions(60_000, 600_000)

describe('web and workbook', () => {
  const cents = fc.integer({ min: 0, max: 30_000_000 })
  const amount = cents.map((value) => ({
    typed: `${Math.floor(value / 100)},${String(value % 100).padStart(2, '0')}`,
    cell: value / 100,
  }))
  const same = (typed: string) => ({ typed, cell: typed as string | number })
  const odd = fc.constantFrom('', 'n.v.t.', '12,x', '€ 1.250,-', '-3', '1.2.3', '99999999999999999').map(same)
  const figure = fc.oneof({ arbitrary: amount, weight: 4 }, odd)
  const whole = fc.nat(400).map((value) => ({ typed: String(value), cell: value }))
  const decimal = fc.integer({ min: 0, max: 1200 }).map((value) => ({
    typed: String(value / 100).replace('.', ','),
    cell: value / 100,
  }))
  const percentage = fc
    .integer({ min: 0, max: 120 })
    .map((value) => ({ typed: `${value}%`, cell: value / 100 }))
  const sentence = fc.constantFrom('', 'Ziekte.', ' ', '=SOM(A1)').map(same)
  const part = fc.constantFrom('12 van 20', '20/20', '3 of 2', '').map(same)
  const yesNo = fc.constantFrom<{ typed: string; cell: string | boolean }>(
    { typed: 'ja', cell: true },
    { typed: 'nee', cell: 'nee' },
    { typed: '', cell: '' },
  )
  const values: Record<string, fc.Arbitrary<{ typed: string; cell: string | number | boolean }>> = {
    'Verhaal!B2 narrative.wentWell': sentence,
    'Verhaal!B5 risks.text': sentence,
    'Geld!C2 lines.staf.actual': figure,
    'Geld!D2 lines.staf.forecast': figure,
    'Geld!E2 lines.staf.explanation': sentence,
    'Geld!C3 lines.zaal.actual': figure,
    'Geld!D3 lines.zaal.forecast': figure,
    'Geld!D4 lines.rest.forecast': figure,
    'Indicatoren!D2 indicators.uniek.value': fc.oneof(whole, odd),
    'Indicatoren!E2 indicators.uniek.explanation': sentence,
    'Indicatoren!D3 indicators.deel.value': fc.oneof(percentage, odd),
    'Indicatoren!D4 indicators.cijfer.value': fc.oneof(decimal, odd),
    'Indicatoren!D5 indicators.initiatieven.value': part,
    'Indicatoren!D6 indicators.open.value': yesNo,
    'Middelen en mensen!B2 advances.received': figure,
    'Middelen en mensen!B3 ownMeans.actual': figure,
    'Middelen en mensen!B5 people.fte': fc.oneof(decimal, odd),
    'Middelen en mensen!B6 people.volunteers': fc.oneof(whole, odd),
  }

  it('find the same for the same figures, whatever those are', { timeout: TIME }, async () => {
    const empty = await writeReportWorkbook(subject, text)
    const today = fc.constantFrom('2019-12-31', '2020-02-15')
    await fc.assert(
      fc.asyncProperty(fc.record(values), today, async (given, day) => {
        const entries = Object.entries(given).map(([name, value]) => [...splitName(name), value] as const)
        const typed = Object.fromEntries(entries.map(([, field, value]) => [field, value.typed]))
        const set = Object.fromEntries(entries.map(([cell, , value]) => [cell, value.cell]))
        const file = await read(await editedWorkbook(empty, set))
        expect(file.problems).toEqual([])
        const found = judgeFile(file, subject, setting(day)).findings.map(({ finding }) => finding)
        expect(found).toEqual(assessDraft(setting(day), typed).findings)
      }),
      RUNS,
    )
  })

  it('as CSV too', { timeout: TIME }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(values), async (given) => {
        const entries = Object.entries(given).map(
          ([name, value]) => [splitName(name)[1], value.typed] as const,
        )
        const typed = Object.fromEntries(entries)
        const lines = writeReportList(subject, text).toString().split('\r\n')
        const answered = lines.map((line) => {
          const field = entries.find(([name]) => new RegExp(`;${name} [0-9a-f]+$`).test(line))
          return field ? line.replace(/^((?:[^;]*;){3});/, `$1"${field[1].replaceAll('"', '""')}";`) : line
        })
        const file = await read(Buffer.from(answered.join('\r\n')))
        expect(file.problems).toEqual([])
        const found = judgeFile(file, subject, setting()).findings.map(({ finding }) => finding)
        expect(found).toEqual(assessDraft(setting(), typed).findings)
      }),
      RUNS,
    )
  })

  function splitName(name: string): [string, string] {
    const at = name.lastIndexOf(' ')
    return [name.slice(0, at), name.slice(at + 1)]
  }
})
