import type { Violation } from '#kernel'
import type { Period } from './period.js'

/** What the city cooperative writes in its quarterly report to the ALV; wijk by wijk it adds a remark. */
export const quarterSections = ['mainLines', 'money', 'results', 'proportion', 'decisions'] as const

/** The report of the board ("bestuursverslag") in the annual report, by the skeleton of guideline RJ 640. */
export const yearSections = [
  'aims',
  'results',
  'proportion',
  'finances',
  'risks',
  'governance',
  'outlook',
] as const

export type TextSection = (typeof quarterSections)[number] | (typeof yearSections)[number]

export function sectionsOf(kind: Period['kind']): readonly TextSection[] {
  return kind === 'quarter' ? quarterSections : yearSections
}

/** Without these it is no report: they must say something before it is final. */
export const requiredSections: Record<Period['kind'], readonly TextSection[]> = {
  quarter: ['mainLines', 'decisions'],
  year: ['aims', 'results', 'finances', 'risks', 'governance', 'outlook'],
}

/** Main lines: enough to say what matters, short enough to be read. */
export const SECTION_WORDS = 600
export const REMARK_WORDS = 200

/** Texts as typed, by field. */
export type Texts = Readonly<Record<string, string>>

/** The name of a field, in the form and in the draft. */
export const fieldOfSection = (section: TextSection): string => `tekst.${section}`
export const fieldOfRemark = (areaSlug: string): string => `wijk.${areaSlug}`

/** The fields of a report's form, in order; remarks by wijk belong to a quarter only. */
export function fieldsOf(kind: Period['kind'], areaSlugs: readonly string[]): string[] {
  const remarks = kind === 'quarter' ? areaSlugs.map(fieldOfRemark) : []
  return [...sectionsOf(kind).map(fieldOfSection), ...remarks]
}

/** Keeps what belongs to the form; lines end with a newline alone, and nothing stands around the text. */
export function textsOf(fields: readonly string[], typed: Readonly<Record<string, unknown>>): Texts {
  return Object.fromEntries(
    fields.map((field) => {
      const text = typed[field]
      return [
        field,
        typeof text === 'string'
          ? text
              .replace(/\p{Surrogate}/gu, '\ufffd')
              .replace(/\r\n?/g, '\n')
              .trim()
          : '',
      ]
    }),
  )
}

/**
 * What must be mended before the report is final, all at once. Codes: `cityReport.textMissing`, `cityReport.textTooLong`
 * (with `most`).
 */
export function textViolations(kind: Period['kind'], texts: Texts): Violation[] {
  const missing = requiredSections[kind]
    .map(fieldOfSection)
    .filter((path) => !texts[path])
    .map((path) => ({ code: 'cityReport.textMissing', path }))
  const tooLong = Object.entries(texts).flatMap(([path, text]) => {
    const most = path.startsWith('wijk.') ? REMARK_WORDS : SECTION_WORDS
    return wordsIn(text) > most
      ? [{ code: 'cityReport.textTooLong', path, params: { most: String(most) } }]
      : []
  })
  return [...missing, ...tooLong]
}

/** The fields in which two drafts differ. */
export function differingTexts(one: Texts, other: Texts): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (field) => (one[field] ?? '') !== (other[field] ?? ''),
  )
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
