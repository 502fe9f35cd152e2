/**
 * What becomes of one field of a workbook that comes back, seen three ways: as it was downloaded, as it stands in the
 * file, as it stands on the web now.
 */
export type FieldFate =
  /** File and web say the same. */
  | 'same'
  /** Changed on the web only, or nowhere: what the web says stays. */
  | 'kept'
  /** Changed in the file only: it is taken over. */
  | 'taken'
  /** Changed in both, differently: a person chooses. */
  | 'asked'

/**
 * Compares the marks of a field's three values; equal values have equal marks. A file that lost the mark of what was
 * downloaded can't show that it is newer, so the person is asked.
 */
export function fateOf(marks: { downloaded: string | null; inFile: string; onWeb: string }): FieldFate {
  if (marks.inFile === marks.onWeb) return 'same'
  if (marks.inFile === marks.downloaded) return 'kept'
  return marks.onWeb === marks.downloaded ? 'taken' : 'asked'
}
