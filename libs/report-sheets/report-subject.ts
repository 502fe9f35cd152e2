import {
  actualsOf,
  type DraftSetting,
  draftFields,
  openSections,
  type Report,
  sectionOf,
} from '#accountability'
import type { Day } from '#kernel'
import type { UploadsOf } from './store/upload-records.js'
import type { FileSubject } from './workbook/subject.js'

/** What files are made from and read for, of a report and its fields as they stand. */
export function subjectOf(report: Report, fields: ReadonlyMap<string, { text: string }>): FileSubject {
  const { agreement, agreementVersion, quarter, dueOn, template } = report
  const open = openSections(report.course)
  return {
    area: { slug: agreement.areaSlug, name: agreement.areaName },
    quarter,
    dueOn,
    agreementVersion: agreementVersion.number,
    template,
    fields: new Map([...fields].map(([field, { text }]) => [field, text])),
    open: new Set(draftFields(template).filter((field) => open.includes(sectionOf(field)))),
  }
}

/** What a report is judged by on a day. */
export function settingOf({ template, quarter, previous }: Report, today: Day): DraftSetting {
  return { template, quarter, today, previous: previous && actualsOf(previous) }
}

/** By what its uploads are found. */
export function ownerOf({ agreement, quarter }: Report): UploadsOf {
  return { agreementId: agreement.id, quarter: quarter.toString() }
}
