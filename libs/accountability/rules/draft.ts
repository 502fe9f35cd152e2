import { narrativeParts, type ReportTemplate } from './report-template.js'

/** A draft: field name → text exactly as typed, also where it can't be read as an amount. */
export type Draft = Readonly<Record<string, string>>

/** The names of the fields of one report, on the form and in the draft. */
export const fieldOf = {
  narrative: (part: string) => `narrative.${part}`,
  line: (id: string, what: 'actual' | 'forecast' | 'explanation') => `lines.${id}.${what}`,
  indicator: (id: string, what: 'value' | 'explanation') => `indicators.${id}.${what}`,
}

/** All fields of a report in the order of the form. */
export function draftFields({ lines, indicators }: ReportTemplate): string[] {
  return [
    ...narrativeParts.map(fieldOf.narrative),
    ...lines.flatMap(({ id }) => [
      fieldOf.line(id, 'actual'),
      fieldOf.line(id, 'forecast'),
      fieldOf.line(id, 'explanation'),
    ]),
    ...indicators.flatMap(({ id }) => [fieldOf.indicator(id, 'value'), fieldOf.indicator(id, 'explanation')]),
  ]
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

function storable(text: string): string {
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
