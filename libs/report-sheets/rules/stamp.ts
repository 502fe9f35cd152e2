import type { Violation } from '#kernel'

/** By what a file knows for which report it was made. */
export interface Stamp {
  area: string
  quarter: string
  /** The number of the agreement's version that the template follows from. */
  agreementVersion: number
  /** A hash of that template: a line or an indicator that changed gives another one. */
  template: string
}

/** The form of the files themselves; a file of an older form is refused. */
const FORM = 1
const WRITTEN = /^samen-verantwoording\/(\d{1,4}) ([a-z0-9-]{1,60}) (\d{4}-Q[1-4]) (\d{1,6}) ([0-9a-f]{16})$/

export function writeStamp({ area, quarter, agreementVersion, template }: Stamp): string {
  return `samen-verantwoording/${FORM} ${area} ${quarter} ${agreementVersion} ${template}`
}

/**
 * Why a file can't be taken for this report, if so. Codes: `reportSheet.notOurs` (no stamp, or one that was touched),
 * `reportSheet.oldForm`, `reportSheet.otherArea`, `reportSheet.otherQuarter`, `reportSheet.oldAgreement`.
 */
export function stampViolation(written: string, expected: Stamp): Violation | null {
  const match = WRITTEN.exec(written.trim())
  if (!match) return { code: 'reportSheet.notOurs' }
  const [, form, area = '', quarter = '', , template] = match
  if (Number(form) !== FORM) return { code: 'reportSheet.oldForm' }
  if (area !== expected.area)
    return { code: 'reportSheet.otherArea', params: { area, expected: expected.area } }
  if (quarter !== expected.quarter)
    return { code: 'reportSheet.otherQuarter', params: { quarter, expected: expected.quarter } }
  return template === expected.template ? null : { code: 'reportSheet.oldAgreement' }
}
