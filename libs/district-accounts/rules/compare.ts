import type { Cents } from '#kernel'

export interface ComparedLine {
  id: string
  label: string
  journalCents: Cents
  /** Null when no report on the quarter was submitted. */
  reportCents: Cents | null
  /** Journal less report. */
  differenceCents: Cents | null
}

/** A wijk's journal beside its report, both from 1 January through the end of a quarter. */
export interface ComparedQuarter {
  quarter: string
  approved: boolean
  lines: ComparedLine[]
  total: Omit<ComparedLine, 'id' | 'label'>
  /** Every line is the same; false too when there is no report. */
  agrees: boolean
}

interface Stated {
  approved: boolean
  actuals: ReadonlyMap<string, Cents>
}

/**
 * Puts a journal beside the reports, quarter by quarter. Lines that only the report knows stand at the end, under their
 * own name.
 */
export function compareQuarters(
  lines: readonly { id: string; label: string }[],
  journal: ReadonlyMap<string, ReadonlyMap<string, Cents>>,
  reports: ReadonlyMap<string, Stated>,
): ComparedQuarter[] {
  return [...journal].map(([quarter, spent]) => {
    const report = reports.get(quarter)
    const others = [...(report?.actuals.keys() ?? [])].filter((id) => !lines.some((line) => line.id === id))
    const compared = [...lines, ...others.map((id) => ({ id, label: id }))].map(({ id, label }) => ({
      ...{ id, label },
      ...difference(spent.get(id) ?? 0n, report ? (report.actuals.get(id) ?? 0n) : null),
    }))
    const total = difference(
      compared.reduce((sum, one) => sum + one.journalCents, 0n),
      report ? compared.reduce((sum, one) => sum + one.reportCents!, 0n) : null,
    )
    const agrees = report !== undefined && compared.every((one) => one.differenceCents === 0n)
    return { quarter, approved: report?.approved ?? false, lines: compared, total, agrees }
  })
}

function difference(journalCents: Cents, reportCents: Cents | null) {
  return {
    journalCents,
    reportCents,
    differenceCents: reportCents === null ? null : journalCents - reportCents,
  }
}
