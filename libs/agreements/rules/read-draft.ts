import { type Cents, type Fraction, tryParseCents, tryParseDay, type Violation } from '#kernel'
import type { AgreementText } from './agreement-text.js'
import { type Draft, entriesOf, LONGEST_FIELD } from './draft.js'
import { indicatorKinds } from './indicator-value.js'
import { wholeText } from './model-text.js'
import {
  type AgreedIndicator,
  type AgreedLine,
  type AgreementTerms,
  type Clause,
  type EscalationLadder,
  employers,
  services,
  usualTerms,
} from './terms.js'
import { readShare, readTarget, readWhole } from './typed-values.js'

/** What a draft says as far as it can be read, and every field that can't. */
export interface ReadDraft {
  text: AgreementText
  /** Paths are names of fields. */
  violations: Violation[]
}

const NO_DAY = '0001-01-01'

/**
 * Reads a whole draft. What can't be read is named and has a harmless value in the text, so that the other rules can
 * be looked at as well.
 * Codes: `agreement.dayMalformed`, `amountMalformed`, `shareMalformed`, `daysMalformed`, `monthsMalformed`,
 * `labelNeeded`, `headingNeeded`, `clauseNeeded`, `labelTooLong`, `textTooLong`, `choiceNeeded`.
 */
export function readDraft(draft: Draft): ReadDraft {
  const reader = new DraftReader(draft)
  const startsOn = reader.day('startsOn')
  const text: AgreementText = {
    startsOn,
    endsOn: reader.day('endsOn'),
    holdsFrom: draft.holdsFrom === undefined ? startsOn : reader.day('holdsFrom'),
    neighbourhoodIds: Object.keys(draft)
      .filter((name) => name.startsWith('buurt.'))
      .map((name) => name.slice('buurt.'.length))
      .sort(),
    terms: termsOf(reader),
  }
  return { text, violations: reader.violations }
}

function termsOf(reader: DraftReader): AgreementTerms {
  return {
    wijkbudgetCents: reader.cents('wijkbudget'),
    lines: reader.lines(),
    indicators: reader.indicators(),
    explainOver: reader.share('explainOver', usualTerms.explainOver),
    ownMeansShare: reader.share('ownMeans', usualTerms.ownMeansShare),
    socialReturnShare: reader.share('socialReturn', usualTerms.socialReturnShare),
    services: services.filter((service) => reader.typed(`service.${service}`) !== ''),
    employer: reader.choice('employer', employers, usualTerms.employer),
    reportDueDays: reader.typed('reportDueDays') === '' ? null : reader.whole('reportDueDays', 365),
    noticeMonths: reader.whole('noticeMonths', 24, 'agreement.monthsMalformed'),
    ladder: reader.ladder(),
    clauses: reader.clauses(),
  }
}

/** Reads fields one by one and remembers what was wrong. */
class DraftReader {
  readonly violations: Violation[] = []

  constructor(private readonly draft: Draft) {}

  typed(field: string): string {
    return (Object.hasOwn(this.draft, field) ? this.draft[field]! : '').trim()
  }

  day(field: string): string {
    return tryParseDay(this.typed(field)) ?? this.wrong(field, 'agreement.dayMalformed', NO_DAY)
  }

  cents(field: string): Cents {
    const cents = tryParseCents(this.typed(field))
    return cents === null || cents < 0n ? this.wrong(field, 'agreement.amountMalformed', 0n) : cents
  }

  share(field: string, usual: Fraction): Fraction {
    return readShare(this.typed(field)) ?? this.wrong(field, 'agreement.shareMalformed', usual)
  }

  whole(field: string, most: number, code = 'agreement.daysMalformed'): number {
    return readWhole(this.typed(field), 1, most) ?? this.wrong(field, code, 1)
  }

  choice<T extends string>(field: string, options: readonly T[], otherwise: T): T {
    return (
      options.find((option) => option === this.typed(field)) ??
      this.wrong(field, 'agreement.choiceNeeded', otherwise)
    )
  }

  lines(): AgreedLine[] {
    return entriesOf(this.draft, 'lines').map(({ index, fields }) => ({
      id: fields.id ?? '',
      label: this.label(`lines.${index}.label`, 120, 'agreement.labelNeeded'),
      budgetCents: this.cents(`lines.${index}.budget`),
    }))
  }

  indicators(): AgreedIndicator[] {
    return entriesOf(this.draft, 'indicators').map(({ index, fields }) => {
      const kind = this.choice(`indicators.${index}.kind`, indicatorKinds, 'count')
      return {
        id: fields.id ?? '',
        label: this.label(`indicators.${index}.label`, 200, 'agreement.labelNeeded'),
        kind,
        unit: this.typed(`indicators.${index}.unit`).slice(0, 60),
        target: readTarget(kind, this.typed(`indicators.${index}.target`)),
        better: this.choice(`indicators.${index}.better`, ['higher', 'lower'] as const, 'higher'),
        due: this.choice(`indicators.${index}.due`, ['quarter', 'year'] as const, 'quarter'),
      }
    })
  }

  clauses(): Clause[] {
    return entriesOf(this.draft, 'clauses').map(({ index, fields }) => {
      const id = fields.id ?? ''
      const text = wholeText(id, this.typed(`clauses.${index}.text`))
      if (text === '') this.wrong(`clauses.${index}.text`, 'agreement.clauseNeeded', '')
      if (text.length > LONGEST_FIELD) this.wrong(`clauses.${index}.text`, 'agreement.textTooLong', '')
      return { id, heading: this.label(`clauses.${index}.heading`, 120, 'agreement.headingNeeded'), text }
    })
  }

  ladder(): EscalationLadder {
    const days = (step: keyof EscalationLadder) => this.whole(`ladder.${step}`, 365)
    return {
      conversationDays: days('conversationDays'),
      recoveryPlanDays: days('recoveryPlanDays'),
      improvementDays: days('improvementDays'),
      answerDays: days('answerDays'),
      mediationDays: days('mediationDays'),
    }
  }

  private label(field: string, longest: number, code: string): string {
    const text = this.typed(field)
    if (text === '') return this.wrong(field, code, '')
    return text.length > longest ? this.wrong(field, 'agreement.labelTooLong', text) : text
  }

  private wrong<T>(field: string, code: string, harmless: T): T {
    const typed = this.typed(field).slice(0, 40)
    this.violations.push({
      code,
      path: field,
      ...(typed ? { params: { typed } } : { params: { typed: '–' } }),
    })
    return harmless
  }
}
