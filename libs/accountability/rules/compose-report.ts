import { canonicalJson } from '#kernel'
import { type Assessment, assessDraft, type DraftSetting } from './assess-draft.js'
import type { Draft } from './draft.js'
import { type ReportAnnex, type ReportSubject, reportContent } from './report-content.js'

/** What a version states besides its figures, and what they are judged by. */
export interface ReportToCompose extends DraftSetting {
  subject: Omit<ReportSubject, 'quarter'>
  annexes: readonly ReportAnnex[]
}

/**
 * Makes of a draft the text of a version: canonical JSON, of which the hash is taken; null when it may not be
 * submitted. Equal reports give equal texts.
 */
export function composeReport(
  { subject, annexes, ...setting }: ReportToCompose,
  draft: Draft,
): Assessment & { json: string | null } {
  const assessment = assessDraft(setting, draft)
  const { figures } = assessment
  const quarter = setting.quarter.toString()
  return {
    ...assessment,
    json: figures && canonicalJson(reportContent({ ...subject, quarter }, figures, annexes)),
  }
}
