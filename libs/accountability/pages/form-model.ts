import { centsFromJson } from '#kernel'
import type { Language, Messages } from '#platform'
import { type CurrentField, fieldsOf } from '../drafting.service.js'
import type { Report } from '../reports.service.js'
import { answerField } from '../rules/answers.js'
import type { Finding } from '../rules/assess-report.js'
import { type Draft, fieldOf, sectionOf } from '../rules/draft.js'
import { draftTotals } from '../rules/figures.js'
import { readIndicatorValue } from '../rules/indicator-value.js'
import {
  EXPLANATION_WORDS,
  isDue,
  NARRATIVE_WORDS,
  narrativeParts,
  RISK_WORDS,
  type Section,
  sections,
  type TemplateIndicator,
} from '../rules/report-template.js'
import { seenMark } from '../rules/seen-mark.js'
import { changeSaid, wordsSaid } from './field-notes.js'
import { bareAmount, fieldLabels, indicatorText, quarterName, type Text, wordsIn } from './report-words.js'

/** The form as it is shown: every open section with what stands in it, what is known beside it, and what is wrong. */
export class FormModel {
  private readonly text: Text
  private readonly labels: Map<string, string>
  private readonly fields: ReadonlyMap<string, CurrentField>
  private readonly wrong: Map<string, string>
  private readonly advice: Map<string, string>
  private readonly from: string

  /** @param refused the findings that keep the draft from being ready; null while nobody asked */
  constructor(
    private readonly messages: Messages,
    private readonly lang: Language,
    private readonly report: Report,
    private readonly viewer: { personId: string; today: string },
    findings: readonly Finding[],
    private readonly refused: readonly Finding[] | null,
  ) {
    this.text = wordsIn(messages, lang)
    this.labels = fieldLabels(this.text, report.template)
    this.fields = fieldsOf(report)
    this.from = report.previous ? quarterName(this.text, report.quarter.previous()) : this.text('fillIn.sla')
    const said = (found: Finding) => messages.violation(lang, found)
    this.wrong = new Map((refused ?? []).map((found) => [found.path, said(found)]))
    const gentle = findings.filter(({ severity }) => severity !== 'blocking')
    this.advice = new Map(gentle.map((found) => [found.path, said(found)]))
  }

  errors() {
    return (this.refused ?? []).map((found) => {
      const message = this.messages.violation(this.lang, found)
      const label = this.labels.get(found.path)
      return {
        path: found.path,
        message: label ? `${label}${label.endsWith('?') ? '' : ':'} ${message}` : message,
      }
    })
  }

  /** Where one goes, with how much is still to do. */
  navigation(findings: readonly Finding[]) {
    return sections.map((section) => {
      const state = this.report.course.sections[section].standing
      const left = findings.filter(
        ({ path, severity }) => severity !== 'hint' && path !== '' && sectionOf(path) === section,
      ).length
      const open = this.isOpen(section)
      return {
        href: `#deel-${section}`,
        label: this.text(`sectionShort.${section}`),
        note: open ? this.text('fillIn.left', { count: left }) : this.text(`standing.${state}`),
      }
    })
  }

  /** Section by section: open with its fields, or closed with why. */
  section(section: Section) {
    const { standing, since } = this.report.course.sections[section]
    const question =
      since && (standing === 'returned' || standing === 'reopened')
        ? {
            heading: this.text(`fillIn.${standing}`, { name: since.by.name }),
            text: since.text,
            answer: this.field(answerField(section)),
          }
        : null
    return {
      id: `deel-${section}`,
      heading: this.text(`sectionHeading.${section}`),
      open: this.isOpen(section),
      closedText: this.text(`fillIn.closed.${standing === 'approved' ? 'approved' : 'waiting'}`),
      question,
    }
  }

  narrative() {
    return narrativeParts.map((part) => ({
      ...this.field(fieldOf.narrative(part)),
      hint: this.text(`narrativeHint.${part}`, { words: NARRATIVE_WORDS }),
    }))
  }

  lines() {
    const before = new Map(this.report.previous?.lines.map((line) => [line.id, line]))
    return this.report.template.lines.map(({ id, label, budgetCents }) => {
      const names = (['actual', 'forecast', 'explanation'] as const).map((what) => fieldOf.line(id, what))
      const [actual, forecast, explanation] = names.map((name) => this.field(name))
      const was = before.get(id)
      const known = (cents: string | undefined) =>
        cents === undefined
          ? ''
          : this.text('fillIn.lastQuarter', { amount: bareAmount(centsFromJson(cents)) })
      return {
        label,
        budgetCents,
        actual: { ...actual, known: known(was?.actualCents) },
        forecast: { ...forecast, known: known(was?.forecastCents) },
        explanation,
        changedFields: names.join(' '),
        changed: this.lastChange(names),
      }
    })
  }

  totals() {
    return draftTotals(this.report.template, this.draft())
  }

  indicators() {
    const before = new Map(this.report.previous?.indicators.map((one) => [one.id, one.value]))
    return this.report.template.indicators.map((indicator) => {
      const { id, label, kind, unit, target } = indicator
      const names = [fieldOf.indicator(id, 'value'), fieldOf.indicator(id, 'explanation')]
      const [value, explanation] = names.map((name) => this.field(name))
      const due = isDue(indicator, this.report.quarter.number)
      const was = before.get(id)
      return {
        label,
        note: this.text(due ? `kind.${kind}` : 'notDue', { unit: unit || '' }),
        target: indicatorText(this.text, this.lang, kind, target),
        optional: !due,
        known: was
          ? this.text('fillIn.lastQuarter', { amount: indicatorText(this.text, this.lang, kind, was) })
          : '',
        choices: kind === 'yesNo' ? this.yesNo(indicator, value!.value) : null,
        value,
        explanation,
        changedFields: names.join(' '),
        changed: this.lastChange(names),
      }
    })
  }

  means() {
    const { template, previous } = this.report
    const share = (name: 'ownMeans' | 'socialReturn') => {
      const { num, den } = template[`${name}Share`]
      const cents = (template.wijkbudgetCents * num) / den
      return this.text(`means.${name}Hint`, { amount: bareAmount(cents) })
    }
    const hints = [this.text('means.advancesHint'), share('ownMeans'), share('socialReturn')]
    const was = [
      previous?.means.advancesCents,
      previous?.means.ownMeansCents,
      previous?.means.socialReturnCents,
    ]
    const amounts = [fieldOf.advances, fieldOf.ownMeans('actual'), fieldOf.socialReturn('actual')]
    return amounts.map((name, index) => ({
      ...this.field(name),
      hint: hints[index],
      known: was[index]
        ? this.text('fillIn.lastQuarter', { amount: bareAmount(centsFromJson(was[index])) })
        : '',
      explanation: index === 0 ? null : this.field(name.replace('.actual', '.explanation')),
    }))
  }

  people() {
    return (['fte', 'volunteers'] as const).map((what) => ({
      ...this.field(fieldOf.people(what)),
      hint: this.text(`people.${what}Hint`),
      inputmode: what === 'fte' ? 'decimal' : 'numeric',
    }))
  }

  risks() {
    return { ...this.field(fieldOf.risks), hint: this.text('risks.hint', { words: RISK_WORDS }) }
  }

  explainHint(): string {
    const { num, den } = this.report.template.explainOver
    const fraction = (num * 100n) % den === 0n ? `${(num * 100n) / den}%` : `${num}/${den}`
    return this.text('explainHint', { fraction, words: EXPLANATION_WORDS })
  }

  private field(name: string) {
    const current = this.fields.get(name)!
    return {
      name,
      label: this.labels.get(name) ?? name,
      value: current.text,
      error: this.wrong.get(name) ?? '',
      advice: this.wrong.has(name) ? '' : (this.advice.get(name) ?? ''),
      seen: seenMark(current.revision, current.text),
      seenName: `gezien.${name}`,
      words: wordsSaid(this.text, name, current.text),
      changed: this.changed(current),
    }
  }

  private changed(field: CurrentField): string {
    return changeSaid(this.text, this.lang, field, this.viewer, this.from)
  }

  /** Of a row in a table only the last change is told. */
  private lastChange(names: readonly string[]): string {
    const fields = names.map((name) => this.fields.get(name)!)
    const last = fields.toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0)).at(-1)!
    return last.by ? this.changed(last) : this.changed(fields.find(({ text }) => text !== '') ?? last)
  }

  private isOpen(section: Section): boolean {
    return ['open', 'returned', 'reopened'].includes(this.report.course.sections[section].standing)
  }

  private draft(): Draft {
    return Object.fromEntries([...this.fields].map(([name, { text }]) => [name, text]))
  }

  /** What stands there stays, however it was written; what is no yes or no is shown as it is. */
  private yesNo({ kind }: TemplateIndicator, value: string) {
    const read = readIndicatorValue(kind, value)
    const option = (name: 'yes' | 'no', usual: string) => ({
      value: read === name ? value : usual,
      label: this.text(name),
      selected: read === name,
    })
    return [
      { value: '', label: this.text('fillIn.choose'), selected: value === '' },
      option('yes', 'ja'),
      option('no', 'nee'),
      ...(value !== '' && read === null ? [{ value, label: value, selected: true }] : []),
    ]
  }
}
