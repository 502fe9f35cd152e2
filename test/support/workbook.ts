import { type ZipPart, zip } from './zip.js'

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

export interface HandMade {
  /** What stands within `<sheetData>`. */
  data?: string
  /** What comes after it. */
  after?: string
  /** What stands within `<sst>`. */
  strings?: string
  /** What stands within `<styleSheet>`. */
  styles?: string
  /** Parts that replace those of the same name, or come besides them; null leaves one out. */
  parts?: Record<string, string | Buffer | null>
  workbookPr?: string
}

/** The parts of a workbook with one sheet, written by hand: what is not said is as Excel writes it. */
export function workbookParts(made: HandMade): ZipPart[] {
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relations('', { rId1: ['officeDocument', 'xl/workbook.xml'] }),
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook ${MAIN} xmlns:r="${RELATIONS}">${made.workbookPr ?? ''}<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('', {
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['sharedStrings', 'sharedStrings.xml'],
      rId3: ['styles', 'styles.xml'],
    }),
    'xl/worksheets/sheet1.xml': sheetXml(made.data ?? '', made.after),
    'xl/sharedStrings.xml': `<sst ${MAIN}>${made.strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}>${made.styles ?? ''}</styleSheet>`,
    ...made.parts,
  }
  return Object.entries(parts).flatMap(([name, data]) => (data === null ? [] : [{ name, data }]))
}

export const workbook = (made: HandMade): Buffer => zip(workbookParts(made))

export function sheetXml(data: string, after = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet ${MAIN}><sheetData>${data}</sheetData>${after}</worksheet>`
}

export function relations(extra: string, related: Record<string, [type: string, target: string]>): string {
  const list = Object.entries(related).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}${extra}</Relationships>`
}
