import { draftFields, sectionOf } from './draft.js'
import { type ReportTemplate, type Section, sections } from './report-template.js'

/** The longest text that a field of a draft takes, in characters: far above what any rule allows. */
export const LONGEST_FIELD = 20_000

/** Where the answer to the question about a section is typed; it goes with the next version, but is no part of it. */
export function answerField(section: Section): string {
  return `answer.${section}`
}

/** Every field that can be saved, with the section that it belongs to. */
export function savableFields(template: ReportTemplate): Map<string, Section> {
  return new Map([
    ...draftFields(template).map((field) => [field, sectionOf(field)] as const),
    ...sections.map((section) => [answerField(section), section] as const),
  ])
}
