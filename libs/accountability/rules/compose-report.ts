import { canonicalJson, type Quarter, type Violation } from '#kernel'
import type { Draft } from './draft.js'
import { readDraft } from './read-draft.js'
import { type ReportSubject, reportContent } from './report-content.js'
import type { ReportTemplate } from './report-template.js'

/** The agreement that a report accounts for, as far as a version states it. */
export interface ReportedAgreement extends Omit<ReportSubject, 'quarter'> {
  template: ReportTemplate
}

/**
 * Makes of a draft the text of a version: canonical JSON, of which the hash is taken. Equal reports give equal
 * texts. The violations are those of `readDraft`.
 */
export function composeReport(
  { template, ...subject }: ReportedAgreement,
  quarter: Quarter,
  draft: Draft,
): { ok: true; json: string } | { ok: false; violations: Violation[] } {
  const read = readDraft(template, quarter.number, draft)
  if (!read.ok) return read
  return {
    ok: true,
    json: canonicalJson(reportContent({ ...subject, quarter: quarter.toString() }, read.figures)),
  }
}
