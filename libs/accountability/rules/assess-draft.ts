import type { Cents, Day, Fraction, Quarter } from '#kernel'
import { assessFigures, type Finding, maySubmit, type PreviousActuals } from './assess-report.js'
import { type Draft, draftFields, fieldOf } from './draft.js'
import { readAmount } from './figures.js'
import { readIndicatorValue } from './indicator-value.js'
import type { ReportFigures } from './report-content.js'
import {
  EXPLANATION_WORDS,
  NARRATIVE_WORDS,
  narrativeParts,
  type ReportTemplate,
  RISK_WORDS,
} from './report-template.js'
import { countWords, isLongerThan } from './words.js'

/** What a draft is judged by. */
export interface DraftSetting {
  template: ReportTemplate
  quarter: Quarter
  today: Day
  previous: PreviousActuals | null
}

/**
 * Everything that is the matter with a draft, in the order of the form; the path of a finding is the name of the
 * field in which it is mended. `figures` are there when it may be submitted.
 */
export interface Assessment {
  findings: Finding[]
  figures: ReportFigures | null
}

/**
 * Judges a draft as it was typed, on the web or in a workbook: first whether every text can be read, then what
 * the figures say (`assessFigures`).
 * Blocking besides those of `assessFigures`: `report.textMissing`, `report.textTooLong`, `report.amountMalformed`,
 * `report.amountNegative`, `report.amountTooLarge`, `report.valueMalformed.<kind>`, `report.fteMalformed`,
 * `report.volunteersMalformed`. To be explained in the fourth quarter: `report.ownMeansShort`, `report.socialReturnShort`.
 */
export function assessDraft(setting: DraftSetting, draft: Draft): Assessment {
  const { template, quarter, today, previous } = setting
  const reader = new Reader(draft)
  const figures = figuresOf(reader, template)
  const judged = assessFigures(withoutLabels(template), quarter, today, statedOf(figures), previous)
  for (const finding of judged) {
    const field = fieldOfPath(finding)
    if (!reader.refused(field)) reader.note({ ...finding, path: field })
  }
  if (quarter.number === 4) noteShares(reader, template, figures)
  const findings = inFormOrder(template, reader.findings)
  return { findings, figures: maySubmit(findings) ? complete(figures) : null }
}

type Read = Omit<ReportFigures, 'lines' | 'means' | 'people'> & {
  lines: (Omit<ReportFigures['lines'][number], 'actualCents' | 'forecastCents'> & {
    actualCents: Cents | null
    forecastCents: Cents | null
  })[]
  means: {
    advancesCents: Cents | null
    ownMeansCents: Cents | null
    ownMeansExplanation: string
    socialReturnCents: Cents | null
    socialReturnExplanation: string
  }
  people: { fte: string | null; volunteers: string | null }
}

/** Reads texts and notes what can't be read. */
class Reader {
  readonly findings: Finding[] = []

  constructor(private readonly draft: Draft) {}

  note(finding: Finding): void {
    this.findings.push(finding)
  }

  /** Whether the field itself could not be read; then nothing more is said of its figure. */
  refused(field: string): boolean {
    return this.findings.some(({ path, severity }) => path === field && severity === 'blocking')
  }

  text(field: string, limits: { words: number; required?: boolean }): string {
    const text = (this.draft[field] ?? '').trim()
    if (text === '' && limits.required) this.block(field, 'report.textMissing')
    if (isLongerThan(text, limits.words)) {
      const params = { words: String(limits.words), counted: String(countWords(text)) }
      this.note({ severity: 'blocking', code: 'report.textTooLong', path: field, params })
    }
    return text
  }

  /** @param missingElsewhere an empty amount is found by the rules about figures */
  amount(field: string, missingElsewhere = false): Cents | null {
    const read = readAmount(this.draft[field] ?? '')
    if ('cents' in read) return read.cents
    if (!(missingElsewhere && read.code === 'report.amountMissing')) this.block(field, read.code)
    return null
  }

  value<T>(field: string, code: string, read: (typed: string) => T | null, required: boolean): T | null {
    const typed = (this.draft[field] ?? '').trim()
    if (typed === '') {
      if (required) this.block(field, 'report.valueMissing')
      return null
    }
    const value = read(typed)
    if (value === null) this.block(field, code)
    return value
  }

  private block(path: string, code: string): void {
    this.note({ severity: 'blocking', code, path })
  }
}

function figuresOf(reader: Reader, template: ReportTemplate): Read {
  const story = (part: string) =>
    reader.text(fieldOf.narrative(part), { words: NARRATIVE_WORDS, required: true })
  const explained = (field: string) => reader.text(field, { words: EXPLANATION_WORDS })
  const [wentWell, wentLess, why] = narrativeParts.map(story) as [string, string, string]
  return {
    narrative: { wentWell, wentLess, why },
    lines: template.lines.map((line) => ({
      ...line,
      actualCents: reader.amount(fieldOf.line(line.id, 'actual'), true),
      forecastCents: reader.amount(fieldOf.line(line.id, 'forecast'), true),
      explanation: explained(fieldOf.line(line.id, 'explanation')),
    })),
    indicators: template.indicators.map((indicator) => ({
      ...indicator,
      value: reader.value(
        fieldOf.indicator(indicator.id, 'value'),
        `report.valueMalformed.${indicator.kind}`,
        (typed) => readIndicatorValue(indicator.kind, typed),
        false,
      ),
      explanation: explained(fieldOf.indicator(indicator.id, 'explanation')),
    })),
    means: {
      advancesCents: reader.amount(fieldOf.advances),
      ownMeansCents: reader.amount(fieldOf.ownMeans('actual')),
      ownMeansExplanation: explained(fieldOf.ownMeans('explanation')),
      socialReturnCents: reader.amount(fieldOf.socialReturn('actual')),
      socialReturnExplanation: explained(fieldOf.socialReturn('explanation')),
    },
    people: {
      fte: reader.value(fieldOf.people('fte'), 'report.fteMalformed', readFte, true),
      volunteers: reader.value(
        fieldOf.people('volunteers'),
        'report.volunteersMalformed',
        (typed) => readIndicatorValue('count', typed),
        true,
      ),
    },
    risks: reader.text(fieldOf.risks, { words: RISK_WORDS, required: true }),
  }
}

/** Paid work in fte: at most two decimals, up to 9,999. No hours per person: on main lines only. */
export function readFte(typed: string): string | null {
  const match = /^(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(typed.trim())
  if (!match) return null
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  return decimals ? `${Number(match[1])}.${decimals}` : String(Number(match[1]))
}

/** Own means and social return are agreed for the year, so they are judged when the year is over. */
function noteShares(reader: Reader, template: ReportTemplate, { means }: Read): void {
  const short = (cents: Cents | null, share: Fraction) =>
    cents !== null && cents * share.den < share.num * template.wijkbudgetCents
  const explain = (code: string, path: string) => reader.note({ severity: 'explain', code, path })
  if (means.ownMeansExplanation === '' && short(means.ownMeansCents, template.ownMeansShare))
    explain('report.ownMeansShort', fieldOf.ownMeans('explanation'))
  if (means.socialReturnExplanation === '' && short(means.socialReturnCents, template.socialReturnShare))
    explain('report.socialReturnShort', fieldOf.socialReturn('explanation'))
}

/** Where a finding about figures is mended: what must be explained, in the explanation of its line. */
function fieldOfPath({ path, severity }: Finding): string {
  const [list = '', id = '', what = ''] = path.split('/')
  const field = severity === 'explain' ? 'explanation' : what.replace(/Cents$/, '')
  return `${list}.${id}.${field}`
}

function withoutLabels({ lines, indicators, explainOver }: ReportTemplate) {
  return { lines, indicators, explainOver }
}

function statedOf({ lines, indicators }: Read) {
  return { lines, indicators }
}

function inFormOrder(template: ReportTemplate, findings: readonly Finding[]): Finding[] {
  const place = new Map(draftFields(template).map((field, index) => [field, index]))
  return findings.toSorted((a, b) => place.get(a.path)! - place.get(b.path)!)
}

/** Called when nothing is missing. */
function complete(read: Read): ReportFigures {
  return {
    ...read,
    indicators: read.indicators,
    lines: read.lines as ReportFigures['lines'],
    means: read.means as ReportFigures['means'],
    people: read.people as ReportFigures['people'],
  }
}
