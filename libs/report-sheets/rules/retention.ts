/** How long an uploaded workbook is kept. */
export const UPLOAD_DAYS = 14
/** Uploads of one report that are kept at most; a crowd of them is no way to fill in a report. */
export const MOST_UPLOADS = 200

const DAY_MS = 24 * 60 * 60_000

/** Workbooks that were uploaded before this instant go. */
export function uploadsEndBefore(now: Date): Date {
  return new Date(now.getTime() - UPLOAD_DAYS * DAY_MS)
}
