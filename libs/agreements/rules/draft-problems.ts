import type { Violation } from '#kernel'
import type { AgreementText } from './agreement-text.js'
import { type Draft, type DraftList, entriesOf } from './draft.js'
import { readDraft } from './read-draft.js'
import { type TextContext, textViolations } from './text-rules.js'

/** Everything that keeps a draft from being signed, with the text as far as it can be read. */
export interface JudgedDraft {
  text: AgreementText
  /** Paths are names of fields of the draft. */
  violations: Violation[]
}

const FIELDS: Record<string, string> = {
  wijkbudgetCents: 'wijkbudget',
  ownMeansShare: 'ownMeans',
  lines: 'lines.0.label',
  indicators: 'indicators.0.label',
  clauses: 'clauses.0.text',
  service: 'service.adults',
  buurt: 'buurt',
}
const ENTRY_FIELDS: Record<string, string> = { budgetCents: 'budget', target: 'target' }
/** What can't be judged while something of these can't be read. */
const FOLLOWS_FROM: Record<string, string> = {
  'agreement.linesDoNotAddUp': 'agreement.amountMalformed',
  'agreement.endsBeforeStart': 'agreement.dayMalformed',
  'agreement.periodTooLong': 'agreement.dayMalformed',
  'agreement.holdsOutsidePeriod': 'agreement.dayMalformed',
  'agreement.holdsFromTooEarly': 'agreement.dayMalformed',
  'agreement.gap': 'agreement.dayMalformed',
  'agreement.endingNotEarlier': 'agreement.dayMalformed',
  'agreement.renewalNotLater': 'agreement.dayMalformed',
  'agreement.ownMeansTooLow': 'agreement.shareMalformed',
}

/** Judges a draft by its own rules and those of `textViolations`; what follows from an unreadable field is left out. */
export function judgeDraft(draft: Draft, context: TextContext): JudgedDraft {
  const { text, violations } = readDraft(draft)
  const unreadable = new Set(violations.map(({ code }) => code))
  const others = textViolations(text, context).filter(({ code }) => !unreadable.has(FOLLOWS_FROM[code] ?? ''))
  return { text, violations: [...violations, ...others.map((one) => atField(one, draft))] }
}

/** The same violation, with the field of the draft that it concerns. */
export function atField(violation: Violation, draft: Draft): Violation {
  return violation.path === undefined ? violation : { ...violation, path: fieldOf(violation.path, draft) }
}

function fieldOf(path: string, draft: Draft): string {
  const [list = '', id, field] = path.split('/')
  if (id === undefined) return FIELDS[path] ?? path
  const entry = entriesOf(draft, list as DraftList).findLast(({ fields }) => fields.id === id)
  return `${list}.${entry?.index ?? 0}.${ENTRY_FIELDS[field ?? ''] ?? 'label'}`
}
