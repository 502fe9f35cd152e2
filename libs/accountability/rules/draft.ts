import { narrativeParts, type ReportTemplate, type Section, sections } from './report-template.js'

/** A draft: field name → text exactly as typed, also where it can't be read as an amount. */
export type Draft = Readonly<Record<string, string>>

/** The names of the fields of one report, on the form, in the workbook and in the draft. */
export const fieldOf = {
  narrative: (part: string) => `narrative.${part}`,
  line: (id: string, what: 'actual' | 'forecast' | 'explanation') => `lines.${id}.${what}`,
  indicator: (id: string, what: 'value' | 'explanation') => `indicators.${id}.${what}`,
  advances: 'advances.received',
  ownMeans: (what: 'actual' | 'explanation') => `ownMeans.${what}`,
  socialReturn: (what: 'actual' | 'explanation') => `socialReturn.${what}`,
  people: (what: 'fte' | 'volunteers') => `people.${what}`,
  risks: 'risks.text',
} as const

/** The fields of one section in the order of the form. */
export function sectionFields({ lines, indicators }: ReportTemplate, section: Section): string[] {
  switch (section) {
    case 'story':
      return narrativeParts.map(fieldOf.narrative)
    case 'money':
      return lines.flatMap(({ id }) => [
        fieldOf.line(id, 'actual'),
        fieldOf.line(id, 'forecast'),
        fieldOf.line(id, 'explanation'),
      ])
    case 'indicators':
      return indicators.flatMap(({ id }) => [
        fieldOf.indicator(id, 'value'),
        fieldOf.indicator(id, 'explanation'),
      ])
    case 'means':
      return [
        fieldOf.advances,
        fieldOf.ownMeans('actual'),
        fieldOf.ownMeans('explanation'),
        fieldOf.socialReturn('actual'),
        fieldOf.socialReturn('explanation'),
      ]
    case 'people':
      return [fieldOf.people('fte'), fieldOf.people('volunteers')]
    case 'risks':
      return [fieldOf.risks]
  }
}

/** All fields of a report in the order of the form. */
export function draftFields(template: ReportTemplate): string[] {
  return sections.flatMap((section) => sectionFields(template, section))
}

const SECTION_OF: Record<string, Section> = {
  narrative: 'story',
  lines: 'money',
  indicators: 'indicators',
  advances: 'means',
  ownMeans: 'means',
  socialReturn: 'means',
  people: 'people',
  risks: 'risks',
}

/** The section that a field stands in; its name is one of {@link draftFields}. */
export function sectionOf(field: string): Section {
  return SECTION_OF[field.slice(0, field.indexOf('.'))]!
}

/**
 * Takes the fields of the template from whatever was sent; what is absent is empty. Texts stay as typed, but
 * for line ends (browsers send CRLF) and what a database text can't hold (NUL, half characters).
 */
export function draftOf(template: ReportTemplate, sent: Readonly<Record<string, unknown>>): Draft {
  return Object.fromEntries(
    draftFields(template).map((field) => {
      const text = Object.hasOwn(sent, field) ? sent[field] : ''
      return [field, typeof text === 'string' ? storable(text) : '']
    }),
  )
}

/** A text as a draft keeps it. */
export function storable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

/** The fields in which two drafts differ, in the order of the form. */
export function differingFields(template: ReportTemplate, one: Draft, other: Draft): string[] {
  return draftFields(template).filter((field) => (one[field] ?? '') !== (other[field] ?? ''))
}

/** Whether nothing is filled in. */
export function isBlank(draft: Draft): boolean {
  return Object.values(draft).every((text) => text.trim() === '')
}
