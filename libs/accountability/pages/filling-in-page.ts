import { Inject, Injectable } from '@nestjs/common'
import type { Violation } from '#kernel'
import { Clock, type Language, Messages, type Page, page } from '#platform'
import type { Report } from '../reports.service.js'
import { type Draft, differingFields } from '../rules/draft.js'
import { hasEnded } from '../rules/timing.js'
import type { ReportVersion, SavedDraft } from '../store/report-records.js'
import { formModel } from './form-model.js'
import { fieldLabels, pathOf, quarterName, wordsIn } from './report-words.js'

const VIEWS = 'libs/accountability/pages/views'

/** What the form shows: the draft with its revision, and after a refusal what is wrong. */
export interface ShownDraft {
  typed: Draft
  revision: number
  violations?: readonly Violation[]
  justSaved?: boolean
}

/** Builds the pages around the form: the form itself, and what is shown when two people were at it. */
@Injectable()
export class FillingInPage {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  form(
    lang: Language,
    report: Report,
    { typed, revision, violations = [], justSaved = false }: ShownDraft,
  ): Page {
    const text = wordsIn(this.messages, lang)
    const draft = report.record?.draft
    const latest = report.record?.versions[0]
    return page(
      `${VIEWS}/filling-in.hbs`,
      {
        ...this.head(lang, report, 'fillIn.heading'),
        ...formModel(this.messages, lang, report, typed, violations),
        revision,
        draft: draft?.savedAt ? draft : null,
        dueOn: report.dueOn,
        ended: hasEnded(report.quarter, this.clock.today()),
        opensOn: report.quarter.next().firstDay(),
        returned: latest?.review?.verdict === 'returned' ? { ...latest.review, number: latest.number } : null,
        flash: justSaved ? { tone: 'good', text: text('fillIn.saved') } : null,
        refused: violations.length > 0,
      },
      violations.length > 0 ? 422 : 200,
    )
  }

  /** Two people at once: both texts of every field that differs, to choose from. */
  choice(
    lang: Language,
    report: Report,
    typed: Draft,
    stored: SavedDraft,
    unanswered: readonly string[] = [],
  ): Page {
    const text = wordsIn(this.messages, lang)
    const labels = fieldLabels(text, report.template)
    const differing = differingFields(report.template, typed, stored.typed)
    return page(
      `${VIEWS}/choice.hbs`,
      {
        ...this.head(lang, report, 'choice.heading'),
        errors: unanswered.map((field) => ({
          path: `keuze.${field}`,
          message: text('choice.unanswered', { label: labels.get(field) }),
        })),
        revision: stored.revision,
        saved: stored,
        fields: Object.entries(typed).map(([name, value]) => ({ name, value })),
        choices: differing.map((field) => ({
          name: `keuze.${field}`,
          label: labels.get(field),
          theirsName: `ander.${field}`,
          theirs: stored.typed[field] ?? '',
          error: unanswered.includes(field) ? text('choice.choose') : '',
          options: [
            { value: 'mijn', label: text('choice.mine'), hint: typed[field] || text('choice.empty') },
            {
              value: 'ander',
              label: text('choice.theirs'),
              hint: stored.typed[field] || text('choice.empty'),
            },
          ],
        })),
      },
      409,
    )
  }

  /** Somebody submitted meanwhile: what was typed can't be saved, but is not lost from view. */
  closed(lang: Language, report: Report, typed: Draft, latest: ReportVersion): Page {
    const labels = fieldLabels(wordsIn(this.messages, lang), report.template)
    const submitted = report.record?.draft.typed ?? {}
    return page(
      `${VIEWS}/closed.hbs`,
      {
        ...this.head(lang, report, 'closed.heading'),
        latest,
        differing: differingFields(report.template, typed, submitted).map((field) => ({
          label: labels.get(field),
          mine: typed[field],
          theirs: submitted[field],
        })),
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
}
