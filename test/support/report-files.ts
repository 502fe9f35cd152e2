import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import type { ReportTemplate } from '#accountability'
import { draftFields } from '#accountability'
import { Fraction, Quarter } from '#kernel'

/** A template with some of everything. */
export const sampleTemplate: ReportTemplate = {
  wijkbudgetCents: 120_000_00n,
  explainOver: Fraction.of(10, 100),
  ownMeansShare: Fraction.of(5, 100),
  socialReturnShare: Fraction.of(5, 100),
  lines: [
    { id: 'staf', label: 'Personeel', budgetCents: 100_000_00n },
    { id: 'zaal', label: '=Huisvesting', budgetCents: 0n },
    { id: 'rest', label: '@Onvoorzien', budgetCents: 20_000_00n },
  ],
  indicators: [
    indicator('uniek', 'unique', '300', 'mensen'),
    indicator('deel', 'percentage', '75', ''),
    indicator('cijfer', 'grade', '7.5', '', 'year'),
    indicator('initiatieven', 'nOfM', '12/20', 'initiatieven'),
    indicator('open', 'yesNo', 'yes', ''),
  ],
}

function indicator(
  id: string,
  kind: ReportTemplate['indicators'][number]['kind'],
  target: string,
  unit: string,
  due: 'quarter' | 'year' = 'quarter',
): ReportTemplate['indicators'][number] {
  return { id, label: `Indicator ${id}`, kind, unit, target, better: 'higher', due }
}

/** A report to make files of; all its fields can be filled in. */
export function sampleSubject(
  fields: Record<string, string> = {},
  template: ReportTemplate = sampleTemplate,
) {
  return {
    area: { slug: 'oost', name: 'Oost' },
    quarter: Quarter.parse('2019-Q4'),
    dueOn: '2020-02-14',
    agreementVersion: 1,
    template,
    fields: new Map(Object.entries(fields)),
    open: new Set(draftFields(template)),
  }
}

/** A workbook as someone who opened it saved it: `set` puts values in cells, 'Geld!C2' → value. */
export async function editedWorkbook(
  file: Buffer,
  set: Record<string, string | number | boolean | { formula: string; result?: string | number } | null>,
): Promise<Buffer> {
  const workbook = new Workbook()
  await workbook.xlsx.load(file)
  for (const [name, value] of Object.entries(set)) {
    const [sheet = '', cell = ''] = name.split('!')
    workbook.getWorksheet(sheet)!.getCell(cell).value = value
  }
  for (const sheet of workbook.worksheets) calculateSums(sheet, set)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** What a spreadsheet does when a cell changes: every sum anew, but for those that were typed over. */
function calculateSums(sheet: Worksheet, set: object): void {
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      const [, column = '', first, last] = /^SUM\(([A-Z])(\d+):[A-Z](\d+)\)$/.exec(cell.formula ?? '') ?? []
      if (column === '' || `${sheet.name}!${cell.address}` in set) return
      let result = 0
      for (let at = Number(first); at <= Number(last); at++) {
        const { value } = sheet.getCell(`${column}${at}`)
        const shown = typeof value === 'object' && value && 'result' in value ? value.result : value
        if (typeof shown === 'number') result += shown
      }
      cell.value = { formula: cell.formula ?? '', result }
    }),
  )
}
