import { describe, expect, it } from 'vitest'
import { draftFields } from '#accountability'
import { RuleViolated } from '#kernel'
import { Messages } from '#platform'
import { readSheets } from '#sheets'
import { editedWorkbook, sampleSubject, sampleTemplate } from '../../../test/support/report-files.js'
import { textsOf } from '../words.js'
import { judgeFile } from './judge.js'
import { readReportFile } from './read-file.js'
import type { FileSubject } from './subject.js'
import { writeReportList } from './write-list.js'
import { writeReportWorkbook } from './write-workbook.js'

const text = textsOf(new Messages(), 'nl')
const setting = (today = '2020-02-15') => ({
  template: sampleTemplate,
  quarter: sampleSubject().quarter,
  today,
  previous: null,
})
const read = async (content: Buffer, subject: FileSubject) =>
  readReportFile(await readSheets({ name: 'werkmap', content }, { textLength: 20_000 }), subject)
const refusal = async (content: Buffer, subject: FileSubject) => {
  try {
    await read(content, subject)
    return 'read'
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations.map(({ code, params }) => [code, params?.sheet].filter(Boolean).join(' ')).join()
  }
}
const problems = async (content: Buffer, subject: FileSubject) =>
  (await read(content, subject)).problems.map(
    ({ place: { sheet, column, row }, code }) => `${sheet}!${column}${row} ${code}`,
  )

const filled: Record<string, string> = {
  'narrative.wentWell': '=Veel & <goed>\n- één',
  'narrative.wentLess': '+1+1',
  'narrative.why': '@zo\tgezegd',
  'lines.staf.actual': '€ 50.000,-',
  'lines.staf.forecast': '100.000,5',
  'lines.staf.explanation': "'=1+1",
  'lines.zaal.actual': '12,x',
  'lines.zaal.forecast': '-5',
  'lines.rest.actual': '0',
  'lines.rest.forecast': '20000',
  'indicators.uniek.value': '1.200',
  'indicators.deel.value': '7,5%',
  'indicators.cijfer.value': '8',
  'indicators.initiatieven.value': '12/20',
  'indicators.open.value': 'ja',
  'advances.received': '999999999,99',
  'people.fte': '1,60',
  'people.volunteers': '70',
  'risks.text': 'Geen.',
}

describe('a file of a report', () => {
  const subject = sampleSubject(filled)
  const files: [string, () => Promise<Buffer>][] = [
    ['workbook', () => writeReportWorkbook(subject, text)],
    ['list', async () => writeReportList(subject, text)],
  ]

  it.each(files)('as %s that comes back untouched changes nothing', async (_, write) => {
    const file = await read(await write(), subject)
    expect(file.problems).toEqual([])
    const judged = judgeFile(file, subject, setting())
    expect(judged.fields.map(({ field }) => field)).toEqual(draftFields(sampleTemplate))
    expect(judged.fields.filter(({ fate }) => fate !== 'same')).toEqual([])
  })

  it.each(files)('as %s keeps what was typed on the web meanwhile', async (_, write) => {
    const now = sampleSubject({ ...filled, 'lines.rest.actual': '17', 'risks.text': '' })
    const judged = judgeFile(await read(await write(), subject), now, setting())
    expect(
      judged.fields.filter(({ fate }) => fate !== 'same').map(({ field, fate }) => [field, fate]),
    ).toEqual([
      ['lines.rest.actual', 'kept'],
      ['risks.text', 'kept'],
    ])
  })

  it('has numbers as numbers, texts as texts, and totals that are right from the start', async () => {
    const sheets = await readSheets({ name: 'w', content: await writeReportWorkbook(subject, text) })
    const cell = (name: string, row: number, column: number) => {
      const { kind, text: shown } = sheets.find((sheet) => sheet.name === name)!.rows[row - 1]![column]!
      return `${kind} ${shown}`
    }
    expect(sheets.map(({ name }) => name)).toEqual([
      'Uitleg',
      'Verhaal',
      'Geld',
      'Indicatoren',
      'Middelen en mensen',
    ])
    expect(cell('Geld', 2, 1)).toBe('number 100000')
    expect(cell('Geld', 2, 2)).toBe('number 50000')
    expect(cell('Geld', 3, 0)).toBe('text =Huisvesting')
    expect(cell('Geld', 3, 2)).toBe('text 12,x')
    expect(cell('Geld', 5, 3)).toBe('number 120000.5')
    expect(cell('Indicatoren', 3, 3)).toBe('number 0.075')
    expect(cell('Verhaal', 3, 1)).toBe('text +1+1')
  })

  it('as list has nothing that a spreadsheet takes for a formula', () => {
    const lines = writeReportList(subject, text).toString().split(/\r?\n/)
    const fields = lines.flatMap((line) => line.split(';')).map((field) => field.replace(/^"/, ''))
    expect(fields.filter((field) => /^[=+@\t]/.test(field))).toEqual([])
    expect(fields).toContain("'=Huisvesting")
  })
})

describe('a file that is not of this report', () => {
  const subject = sampleSubject(filled)
  it.each<[string, Partial<FileSubject>, string]>([
    ['of another wijk', { area: { slug: 'zuid-oost', name: 'Zuid-Oost' } }, 'reportSheet.otherArea'],
    ['of another quarter', { quarter: subject.quarter.previous() }, 'reportSheet.otherQuarter'],
    [
      'of an agreement with other lines',
      { template: { ...sampleTemplate, lines: sampleTemplate.lines.slice(1) } },
      'reportSheet.oldAgreement',
    ],
  ])('%s is refused', async (_, other, code) => {
    const made = { ...subject, ...other }
    expect(await refusal(await writeReportWorkbook(made, text), subject)).toBe(code)
    expect(await refusal(writeReportList(made, text), subject)).toBe(code)
  })

  it('or that we did not make', async () => {
    expect(await refusal(Buffer.from('a;b\n1;2'), subject)).toBe('reportSheet.notOurs')
  })

  it('or that lost a tab', async () => {
    const { Workbook } = await import('@cj-tech-master/excelts')
    const without = async (...names: string[]) => {
      const workbook = new Workbook()
      await workbook.xlsx.load(await writeReportWorkbook(subject, text))
      for (const name of names) workbook.removeWorksheet(workbook.getWorksheet(name)!.id)
      return refusal(Buffer.from(await workbook.xlsx.writeBuffer()), subject)
    }
    expect(await without('Geld', 'Indicatoren')).toBe(
      'reportSheet.sheetMissing Geld,reportSheet.sheetMissing Indicatoren',
    )
    expect(await without('Uitleg')).toBe('reportSheet.sheetMissing Uitleg')
  })
})

describe('a workbook that was damaged', () => {
  const subject = sampleSubject()
  it.each<[string, Parameters<typeof editedWorkbook>[1], string[]]>([
    ['a total that was typed over', { 'Geld!C5': 5 }, ['Geld!C5 report.totalMismatch']],
    ['a total that was taken out', { 'Geld!D5': null }, ['Geld!D5 report.totalMismatch']],
    ['a row below', { 'Geld!A7': 'Nog iets' }, ['Geld!A7 reportSheet.unknownRow']],
    [
      'rows that changed places',
      { 'Geld!F2': 'lines.zaal', 'Geld!F3': 'lines.staf' },
      ['Geld!A2 reportSheet.rowMoved', 'Geld!A3 reportSheet.rowMoved'],
    ],
    [
      'a formula that was never calculated',
      { 'Geld!C2': { formula: '1+1' } },
      ['Geld!C2 reportSheet.notCalculated'],
    ],
  ])('%s', async (_, set, expected) => {
    const file = await editedWorkbook(await writeReportWorkbook(subject, text), set)
    expect(await problems(file, subject)).toEqual(expected)
  })

  it('names every formula with an error', async () => {
    const error = { error: '#REF!' } as unknown as string
    const set = { 'Geld!C2': error, 'Geld!C3': error, 'Indicatoren!D2': error }
    expect(
      await problems(await editedWorkbook(await writeReportWorkbook(subject, text), set), subject),
    ).toEqual([
      'Geld!C2 reportSheet.formulaError',
      'Geld!C3 reportSheet.formulaError',
      'Indicatoren!D2 reportSheet.formulaError',
    ])
  })
})
