import { Inject, Injectable } from '@nestjs/common'
import { dayOf, formatCents } from '#kernel'
import { Clock, type Language, Messages, type Page, page, shortDay, timeOfDay, type Visitor } from '#platform'
import { Composing } from '../composing.service.js'
import type { FieldConflict, SavedFields } from '../drafting.service.js'
import type { Report } from '../reports.service.js'
import type { Finding } from '../rules/assess-report.js'
import { type DraftTotals, draftTotals } from '../rules/figures.js'
import { sections } from '../rules/report-template.js'
import { seenMark } from '../rules/seen-mark.js'
import { hasEnded } from '../rules/timing.js'
import { draftTexts, lastSaved } from '../store/report-records.js'
import { changeSaid, wordsSaid } from './field-notes.js'
import { FormModel } from './form-model.js'
import { fieldLabels, pathOf, quarterName, type Text, wordsIn } from './report-words.js'

const VIEWS = 'libs/accountability/pages/views'

/** What happened just before the form is shown. */
export interface ShownForm {
  justSaved?: boolean
  completionUndone?: boolean
  /** What keeps the draft from being ready. */
  refused?: readonly Finding[] | null
}

/** Builds the pages around the form: the form itself, and what is shown when two people were at it. */
@Injectable()
export class FillingInPage {
  constructor(
    @Inject(Composing) private readonly composing: Composing,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async form(
    lang: Language,
    visitor: Visitor,
    report: Report,
    { justSaved = false, completionUndone = false, refused = null }: ShownForm = {},
  ): Promise<Page> {
    const text = wordsIn(this.messages, lang)
    const { findings } = await this.composing.of(report)
    const viewer = { personId: visitor.personId, today: this.clock.today() }
    const form = new FormModel(this.messages, lang, report, viewer, findings, refused)
    const { completed } = report.course
    const mayOnlyComplete = hasEnded(report.quarter, viewer.today)
    return page(
      `${VIEWS}/filling-in.hbs`,
      {
        ...this.head(lang, report, 'fillIn.heading'),
        scripts: ['autosave.js'],
        dueOn: report.dueOn,
        ended: mayOnlyComplete,
        opensOn: report.quarter.next().firstDay(),
        completed: completed && {
          heading: text('fillIn.completedHeading', { name: completed.by.name }),
          maySign:
            visitor.hasFor('treasurer', report.agreement.counterparty.id) &&
            completed.by.id !== visitor.personId,
        },
        parts: form.navigation(findings),
        part: Object.fromEntries(sections.map((section) => [section, form.section(section)])),
        narrative: form.narrative(),
        lines: form.lines(),
        totals: this.totals(text, form.totals()),
        indicators: form.indicators(),
        means: form.means(),
        people: form.people(),
        risks: form.risks(),
        explainHint: form.explainHint(),
        annexes: report.record?.annexes.length ?? 0,
        fresh: report.previous && (report.record?.fields.size ?? 0) === 0,
        from: quarterName(text, report.quarter.previous()),
        savedText: this.savedText(lang, report),
        errors: refused ? form.errors() : null,
        flash: this.flash(text, justSaved, completionUndone),
      },
      refused ? 422 : 200,
    )
  }

  /** What the script of the form is told after a save; the texts are in the language of the page. */
  saved(lang: Language, visitor: Visitor, report: Report, result: SavedFields) {
    const text = wordsIn(this.messages, lang)
    const labels = fieldLabels(text, report.template)
    const viewer = { personId: visitor.personId, today: this.clock.today() }
    const fields = report.record?.fields ?? new Map()
    return {
      said: text('fillIn.savedAtTime', { time: timeOfDay(lang, this.clock.now()) }),
      saved: result.saved.map(({ field, revision }) => {
        const stands = fields.get(field)?.text ?? ''
        return {
          field,
          seen: seenMark(revision, stands),
          changed: fields.has(field) ? changeSaid(text, lang, fields.get(field)!, viewer, '') : '',
          words: wordsSaid(text, field, stands),
        }
      }),
      conflicts: result.conflicts.map((one) => ({
        field: one.field,
        theirs: one.theirs,
        seen: seenMark(one.revision, one.theirs),
        heading: text('choice.heading1', { name: one.by, when: this.when(lang, one) }),
        shown: one.theirs || text('choice.empty'),
      })),
      closed: result.closed.map(({ field }) => labels.get(field) ?? field),
      closedSaid: text('fillIn.closedMeanwhile'),
      undone: result.completionUndone ? text('fillIn.undone') : '',
      totals: this.totals(text, draftTotals(report.template, draftTexts(fields))),
    }
  }

  /** Two people in one field: both texts, to choose from. What was not in conflict is saved already. */
  choice(
    lang: Language,
    report: Report,
    conflicts: readonly FieldConflict[],
    unanswered: readonly string[] = [],
  ): Page {
    const text = wordsIn(this.messages, lang)
    const labels = fieldLabels(text, report.template)
    return page(
      `${VIEWS}/choice.hbs`,
      {
        ...this.head(lang, report, 'choice.heading'),
        errors: unanswered.map((field) => ({
          path: `keuze.${field}`,
          message: text('choice.unanswered', { label: labels.get(field) }),
        })),
        choices: conflicts.map((one) => ({
          name: `keuze.${one.field}`,
          label: labels.get(one.field),
          mineName: one.field,
          mine: one.mine,
          seenName: `gezien.${one.field}`,
          seen: seenMark(one.revision, one.theirs),
          error: unanswered.includes(one.field) ? text('choice.choose') : '',
          options: [
            { value: 'mijn', label: text('choice.mine'), hint: one.mine || text('choice.empty') },
            {
              value: 'ander',
              label: text('choice.theirs', { name: one.by, when: this.when(lang, one) }),
              hint: one.theirs || text('choice.empty'),
            },
          ],
        })),
      },
      409,
    )
  }

  /** Some sections take no text any more: what was typed there can't be saved, but is not lost from view. */
  closed(lang: Language, report: Report, closed: SavedFields['closed']): Page {
    const text = wordsIn(this.messages, lang)
    const labels = fieldLabels(text, report.template)
    const { live } = report.course
    return page(
      `${VIEWS}/closed.hbs`,
      {
        ...this.head(lang, report, 'closed.heading'),
        explanation: live
          ? text('closed.explained', {
              name: live.submitted.by.name,
              number: live.number,
              when: this.when(lang, live.submitted),
            })
          : '',
        differing: closed.map(({ field, mine, theirs }) => ({ label: labels.get(field), mine, theirs })),
      },
      409,
    )
  }

  private head(lang: Language, report: Report, key: string) {
    const text = wordsIn(this.messages, lang)
    const name = quarterName(text, report.quarter)
    const heading = text(key, { quarter: name })
    return {
      title: `${heading} – ${report.agreement.areaName}`,
      heading,
      pre: `${report.agreement.counterparty.name} · ${name}`,
      reportPath: pathOf(report),
      crumbs: [
        { href: '/verantwoording', label: text('title') },
        { href: pathOf(report), label: `${report.agreement.areaName}, ${name}` },
      ],
    }
  }

  private savedText(lang: Language, { record }: Report): string {
    const last = record && lastSaved(record.fields)
    const text = wordsIn(this.messages, lang)
    return last
      ? text('fillIn.savedAt', { when: this.when(lang, last), name: last.by.name })
      : text('fillIn.nothingYet')
  }

  private totals(text: Text, { budgetCents, actualCents, forecastCents, leftOut }: DraftTotals) {
    return {
      budget: formatCents(budgetCents),
      actual: formatCents(actualCents),
      forecast: formatCents(forecastCents),
      note: text('fillIn.totalNote', { count: leftOut }),
    }
  }

  private when(lang: Language, { at }: { at: Date }): string {
    const time = timeOfDay(lang, at)
    return dayOf(at) === this.clock.today() ? time : `${shortDay(lang, dayOf(at))}, ${time}`
  }

  private flash(text: Text, saved: boolean, undone: boolean) {
    if (undone) return { tone: 'warn', text: text('fillIn.undone') }
    return saved ? { tone: 'good', text: text('fillIn.saved') } : null
  }
}
