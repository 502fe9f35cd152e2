import { Workbook } from '@cj-tech-master/excelts'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** Any fixed instant, so that the same rows give the same bytes; of local time, since ZIP has no time zones. */
const WRITTEN_AT = new Date(2020, 0, 1)
const WORKBOOK_PART = 'xl/workbook.xml'

/** A font needs its name and size in the file; these are those of every other cell. */
export const BOLD = { bold: true, name: 'Calibri', size: 11 }

export function newWorkbook(): Workbook {
  const workbook = new Workbook()
  workbook.created = WRITTEN_AT
  workbook.modified = WRITTEN_AT
  return workbook
}

/** The file of a workbook. */
export async function packed(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer({ zip: { modTime: WRITTEN_AT } }))
}

/** The file with sheets that can't be added, removed, renamed or moved; the library itself has no way to say so. */
export function withLockedStructure(file: Buffer): Buffer {
  const parts = unzipSync(file)
  const xml = strFromU8(parts[WORKBOOK_PART]!)
  const locked = xml.replace(/<bookViews|<sheets>/, '<workbookProtection lockStructure="1"/>$&')
  return Buffer.from(zipSync({ ...parts, [WORKBOOK_PART]: strToU8(locked) }, { mtime: WRITTEN_AT }))
}
