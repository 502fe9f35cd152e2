import { RuleViolated, type Violation } from '#kernel'
import type { Sheet } from '#sheets'
import { stampViolation } from '../rules/stamp.js'
import { STAMP_COLUMN, sheetNames } from './layout.js'
import { isList, LIST_STAMP, readList } from './read-list.js'
import { readWorkbook } from './read-workbook.js'
import { type ReadFile, sameName } from './reading.js'
import { type FileSubject, stampOf } from './subject.js'

/**
 * Reads the sheets of a file for a report: a workbook as we made it, or our list (CSV, also saved as a workbook).
 * @throws RuleViolated `reportSheet.notOurs`, `reportSheet.oldForm`, `reportSheet.otherArea`,
 * `reportSheet.otherQuarter`, `reportSheet.oldAgreement`, `reportSheet.sheetMissing` (all of them)
 */
export function readReportFile(sheets: readonly Sheet[], subject: FileSubject): ReadFile {
  const list = sheets.find(({ rows }) => isList(rows))
  const explanation = sheets.find(({ name }) => sameName(name, sheetNames.explanation))
  const stamp = list
    ? list.rows[LIST_STAMP.row]?.[LIST_STAMP.column]?.text
    : explanation?.rows[0]?.[STAMP_COLUMN]?.text
  const refused = stampViolation(stamp ?? '', stampOf(subject))
  if (refused) throw new RuleViolated([explained(sheets, refused)])
  return list ? readList(list.rows, subject) : readWorkbook(sheets, subject)
}

/** Of a file of ours without its explanation we say which tab is missing. */
function explained(sheets: readonly Sheet[], violation: Violation): Violation {
  const { explanation, ...others } = sheetNames
  const isOurs = Object.values(others).every((name) => sheets.some((sheet) => sameName(sheet.name, name)))
  const hasExplanation = sheets.some(({ name }) => sameName(name, explanation))
  return violation.code === 'reportSheet.notOurs' && isOurs && !hasExplanation
    ? { code: 'reportSheet.sheetMissing', params: { sheet: explanation } }
    : violation
}
