import { type Course, openSections } from './course.js'

/** Where a report stands. Approved is closed: every section is approved, and so is the quarter before. */
export type ReportStatus = 'empty' | 'draft' | 'completed' | 'submitted' | 'returned' | 'approved'

/**
 * Empty → draft → completed → submitted → returned → completed → submitted → approved. A withdrawn report is a
 * draft again, a reopened one a returned one.
 * @param draftSaved whether anything was ever saved
 */
export function statusOf(course: Course, draftSaved: boolean): ReportStatus {
  if (course.closed) return 'approved'
  if (openSections(course).length === 0) return 'submitted'
  if (course.completed) return 'completed'
  if (course.live) return 'returned'
  return draftSaved || course.withdrawn.length > 0 ? 'draft' : 'empty'
}

/** Whether there is something to fill in. */
export function draftIsOpen(status: ReportStatus): boolean {
  return status === 'empty' || status === 'draft' || status === 'completed' || status === 'returned'
}
