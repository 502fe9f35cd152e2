/** How long the contents of an import are kept after the last thing that was done with it. */
export const IMPORT_DAYS = 30

const DAY_MS = 24 * 60 * 60_000

/** Files of imports with which nothing happened since this instant go. */
export function contentsEndBefore(now: Date): Date {
  return new Date(now.getTime() - IMPORT_DAYS * DAY_MS)
}
