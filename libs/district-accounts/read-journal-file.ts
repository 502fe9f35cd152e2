import type { Upload } from '#platform'
import { columnName, readSheets, readXml } from '#sheets'
import { type JournalFormat, journalFormatOf, MOST_LINES, type ReadJournal } from './rules/journal.js'
import { readJournalRows } from './rules/read-journal-csv.js'
import { readJournalXaf } from './rules/read-journal-xaf.js'

/** Room for the heads and what stands above them. */
const MOST_OTHER_ROWS = 20

/**
 * Reads a file (CSV, XLSX or XAF 3.2); its content decides what kind it is.
 * @throws RuleViolated `sheet.*`, `xml.*` and `districtAccounts.journal*`
 */
export async function readJournalFile(file: Upload): Promise<{ format: JournalFormat; read: ReadJournal }> {
  const format = journalFormatOf(file.content.subarray(0, 200).toString())
  if (format === 'xaf') return { format, read: readJournalXaf((await readXml(file)).root) }
  const sheets = await readSheets(file, { rows: MOST_LINES + MOST_OTHER_ROWS })
  const sheet = sheets.find(({ rows }) => rows.length > 0)!
  return { format, read: readJournalRows(sheet.rows, columnName) }
}
