import type { ReportTemplate } from '#accountability'
import { canonicalJson, type Day, type Quarter } from '#kernel'
import { sha256Hex } from '#platform'
import type { Stamp } from '../rules/stamp.js'

/** What a file is made from and read for: a report and its fields as they stand. */
export interface FileSubject {
  area: { slug: string; name: string }
  quarter: Quarter
  dueOn: Day
  agreementVersion: number
  template: ReportTemplate
  /** Field → text as typed. */
  fields: ReadonlyMap<string, string>
  /** Fields that can be filled in now: of a report that came back, only those of the sections that did. */
  open: ReadonlySet<string>
}

/** By what a file of this report is known again. */
export function stampOf({ area, quarter, agreementVersion, template }: FileSubject): Stamp {
  const { lines, indicators } = template
  return {
    area: area.slug,
    quarter: quarter.toString(),
    agreementVersion,
    template: sha256Hex(canonicalJson({ lines, indicators })).slice(0, 16),
  }
}
