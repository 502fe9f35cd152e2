/** Where a report stands. */
export type ReportStatus = 'empty' | 'draft' | 'submitted' | 'returned' | 'approved'

export type ReviewVerdict = 'approved' | 'returned'

/** The facts that a status follows from; versions and verdicts are only ever added. */
export interface ReportFacts {
  /** Whether anything was ever saved as a draft. */
  draftSaved: boolean
  /** The verdict on the latest version; null while it waits, undefined while there is no version. */
  latestVerdict: ReviewVerdict | null | undefined
}

/** Empty → draft → submitted → returned → submitted → approved. A returned report stays so while it is mended. */
export function statusOf({ draftSaved, latestVerdict }: ReportFacts): ReportStatus {
  if (latestVerdict === undefined) return draftSaved ? 'draft' : 'empty'
  return latestVerdict ?? 'submitted'
}

/** Whether the wijkcoöperatie may write in the draft: not while its report is with the serviceteam or approved. */
export function draftIsOpen(status: ReportStatus): boolean {
  return status === 'empty' || status === 'draft' || status === 'returned'
}
