import { type Cents, tryParseCents, type Violation } from '#kernel'
import type { EvidenceFile } from './evidence.js'
import { type Draft, type FilledStep, filledSteps, stepOf } from './steps.js'

export const legalForms = [
  'stichting',
  'vereniging',
  'cooperatie',
  'bv',
  'kerk',
  'eenmanszaak',
  'anders',
] as const
export type LegalForm = (typeof legalForms)[number]
export type AppliedKind = 'voting' | 'supporting'

/** What an organisation applies with, once it is complete. */
export interface ApplicationContent {
  organisation: {
    name: string
    legalForm: LegalForm
    chamberNumber: string
    /** Null for a sole trader, who has none. */
    rsin: string | null
    street: string
    postalCode: string
    city: string
  }
  kind: AppliedKind
  /** The numbers of the buurten in which it is rooted. */
  neighbourhoods: number[]
  contact: { name: string; email: string; phone: string }
  delegate: { name: string; email: string }
  /** The criteria as they held, each with what the applicant says of it and the evidence that came along. */
  criteria: {
    key: string
    text: string
    article: string
    explanation: string
    /** Absent in versions of before evidence could be sent. */
    evidence?: Omit<EvidenceFile, 'criterion'>[]
  }[]
  intendedGuaranteeCents: Cents
}

/** What the draft is held against: the register's identifiers, the criteria of the kind, the buurten. */
export interface ContentTerms {
  readChamberNumber(typed: string): string | null
  readRsin(typed: string): string | null
  readPostalCode(typed: string): string | null
  criteria: readonly { key: string; text: string; article: string }[]
  neighbourhoods: readonly number[]
}

const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/
const LONGEST_LINE = 200
const LINES =
  /^(?:naam|straat|plaats|contactNaam|contactEmail|contactTelefoon|afgevaardigdeNaam|afgevaardigdeEmail)$/

/** Whether a text can be an e-mail address. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text)
}

/** A sole trader has no RSIN of its own (the number is the owner's). */
export function isSoleTrader(draft: Draft): boolean {
  return draft.rechtsvorm === 'eenmanszaak'
}

export function kindOf(draft: Draft): AppliedKind | null {
  return draft.soort === 'voting' || draft.soort === 'supporting' ? draft.soort : null
}

/** What is missing or wrong, field by field, in the order of the steps; empty when it is complete. */
export function checkDraft(draft: Draft, terms: ContentTerms): Violation[] {
  return filledSteps.flatMap((step) => checkStep(step, draft, terms))
}

/** What is missing or wrong in one step. */
export function checkStep(step: FilledStep, draft: Draft, terms: ContentTerms): Violation[] {
  const long = Object.entries(draft)
    .filter(([field, typed]) => stepOf(field) === step && LINES.test(field) && typed.length > LONGEST_LINE)
    .map(([path]) => ({ code: 'form.tooLong', path }))
  return [...CHECKS[step](draft, terms), ...long]
}

type Check = (draft: Draft, terms: ContentTerms) => Violation[]

const CHECKS: Record<FilledStep, Check> = {
  organisatie: (draft, terms) => [
    ...required(draft, 'naam'),
    ...(legalForms.includes(draft.rechtsvorm as LegalForm) ? [] : [missing('rechtsvorm')]),
    ...required(draft, 'kvk', () => terms.readChamberNumber(draft.kvk ?? '') !== null),
    ...checkRsin(draft, terms),
    ...required(draft, 'straat', () => /\d/.test(draft.straat ?? '')),
    ...required(draft, 'postcode', () => terms.readPostalCode(draft.postcode ?? '') !== null),
    ...required(draft, 'plaats'),
  ],
  gebied: (draft, terms) => {
    if (kindOf(draft) === null) return [missing('soort')]
    const rooted = neighbourhoodsOf(draft, terms.neighbourhoods).length > 0
    return kindOf(draft) === 'voting' && !rooted ? [missing('buurt')] : []
  },
  contact: (draft) => [
    ...required(draft, 'contactNaam'),
    ...required(draft, 'contactEmail', () => isEmail(filled(draft, 'contactEmail'))),
    ...required(draft, 'afgevaardigdeNaam'),
    ...required(draft, 'afgevaardigdeEmail', () => isEmail(filled(draft, 'afgevaardigdeEmail'))),
  ],
  criteria: (draft, { criteria }) =>
    criteria
      .filter(({ key }) => filled(draft, `criterium.${key}`) === '')
      .map(({ key }) => ({ code: 'admission.missing.criterium', path: `criterium.${key}` })),
  steun: (draft) => [
    ...(draft.onderschrijft === 'ja' ? [] : [missing('onderschrijft')]),
    ...(intendedGuarantee(draft) === null ? [{ code: 'admission.wrong.garantie', path: 'garantie' }] : []),
  ],
}

/**
 * The content of a draft that {@link checkDraft} found complete: identifiers and amounts as they are written,
 * texts without the white space around them, with the evidence that was added.
 */
export function contentOf(
  draft: Draft,
  terms: ContentTerms,
  evidence: readonly EvidenceFile[] = [],
): ApplicationContent {
  const text = (field: string) => filled(draft, field)
  return {
    organisation: {
      name: text('naam'),
      legalForm: draft.rechtsvorm as LegalForm,
      chamberNumber: terms.readChamberNumber(text('kvk')) ?? '',
      rsin: isSoleTrader(draft) ? null : terms.readRsin(text('rsin')),
      street: text('straat'),
      postalCode: terms.readPostalCode(text('postcode')) ?? '',
      city: text('plaats'),
    },
    kind: kindOf(draft) ?? 'supporting',
    neighbourhoods: neighbourhoodsOf(draft, terms.neighbourhoods),
    contact: {
      name: text('contactNaam'),
      email: text('contactEmail').toLowerCase(),
      phone: text('contactTelefoon'),
    },
    delegate: { name: text('afgevaardigdeNaam'), email: text('afgevaardigdeEmail').toLowerCase() },
    criteria: terms.criteria.map(({ key, text: criterion, article }) => ({
      key,
      text: criterion,
      article,
      explanation: text(`criterium.${key}`).replace(/\r\n?/g, '\n'),
      evidence: evidence
        .filter(({ criterion }) => criterion === key)
        .map(({ id, name, kind, bytes, sha256 }) => ({ id, name, kind, bytes, sha256 })),
    })),
    intendedGuaranteeCents: intendedGuarantee(draft) ?? 0n,
  }
}

function checkRsin(draft: Draft, { readRsin }: ContentTerms): Violation[] {
  if (!isSoleTrader(draft)) return required(draft, 'rsin', () => readRsin(draft.rsin ?? '') !== null)
  return filled(draft, 'rsin') === '' ? [] : [{ code: 'admission.rsinOfSoleTrader', path: 'rsin' }]
}

/** The intended guarantee; nothing typed is nothing intended, and null is no amount. */
function intendedGuarantee(draft: Draft): Cents | null {
  const typed = filled(draft, 'garantie')
  const cents = typed === '' ? 0n : tryParseCents(typed)
  return cents !== null && cents >= 0n && cents <= 100_000_000_000n ? cents : null
}

function neighbourhoodsOf(draft: Draft, known: readonly number[]): number[] {
  return known.filter((number) => draft[`buurt.${number}`] === 'ja')
}

function required(draft: Draft, field: string, holds: () => boolean = () => true): Violation[] {
  if (filled(draft, field) === '') return [missing(field)]
  return holds() ? [] : [{ code: `admission.wrong.${field}`, path: field }]
}

function missing(field: string): Violation {
  return { code: `admission.missing.${field}`, path: field }
}

function filled(draft: Draft, field: string): string {
  return (draft[field] ?? '').trim()
}
