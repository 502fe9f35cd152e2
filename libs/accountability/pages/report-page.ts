import { Inject, Injectable } from '@nestjs/common'
import { Clock, type Language, Messages, type Page, page, type ShownError, type Visitor } from '#platform'
import type { Report } from '../reports.service.js'
import { relationTo } from '../rules/access.js'
import { draftIsOpen } from '../rules/status.js'
import { hasBegun } from '../rules/timing.js'
import type { ReportVersion } from '../store/report-records.js'
import { contentModel, shortHash } from './content-model.js'
import { statusTone } from './overview-model.js'
import { pathOf, quarterName, wordsIn } from './report-words.js'

const VIEWS = 'libs/accountability/pages/views'

/** What the report page shows besides the report: a review just given, or one that was refused. */
export interface ShownReview {
  justReviewed?: boolean
  typed?: Record<string, string>
  errors?: ShownError[]
}

/** Builds the page of a report and the page of one version. */
@Injectable()
export class ReportPage {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  report(
    lang: Language,
    visitor: Visitor,
    report: Report,
    { justReviewed, typed, errors }: ShownReview = {},
  ): Page {
    const text = wordsIn(this.messages, lang)
    const relation = relationTo(visitor, report.agreement.counterparty.id)
    const latest = report.record?.versions[0]
    const shown = relation === 'reader' && !latest ? 'awaited' : report.status
    const mayFillIn =
      relation === 'own' && draftIsOpen(report.status) && hasBegun(report.quarter, this.clock.today())
    return page(
      `${VIEWS}/report.hbs`,
      {
        ...this.head(lang, report),
        badge: text(`status.${shown}`),
        badgeTone: statusTone[report.status],
        explanation: text(`statusExplained.${shown}`),
        counterparty: report.agreement.counterparty.name,
        dueOn: report.dueOn,
        fillIn: mayFillIn ? text(`action.${report.status}`) : null,
        review: this.reviewForm(lang, visitor, report, typed),
        errors: errors ?? [],
        justReviewed: justReviewed && latest?.review ? latest.review : null,
        returned: latest?.review?.verdict === 'returned' ? latest.review : null,
        latest: latest && { ...latest, ...contentModel(this.messages, lang, latest) },
        history: this.history(lang, report),
      },
      errors?.length ? 422 : 200,
    )
  }

  version(lang: Language, report: Report, version: ReportVersion, submitted: string | undefined): Page {
    const text = wordsIn(this.messages, lang)
    const head = this.head(lang, report)
    const heading = text('version.heading', { number: version.number })
    return page(`${VIEWS}/version.hbs`, {
      ...head,
      title: `${heading} – ${head.title}`,
      heading,
      pre: head.heading,
      crumbs: [...head.crumbs, { href: head.reportPath, label: head.heading }],
      version: { ...version, ...contentModel(this.messages, lang, version) },
      shortHash: shortHash(version.sha256),
      submittedNow: submitted === 'nu',
      submittedBefore: submitted === 'eerder',
      badge: text(`status.${version.review?.verdict ?? 'submitted'}`),
      badgeTone: statusTone[version.review?.verdict ?? 'submitted'],
    })
  }

  private head(lang: Language, report: Report) {
    const text = wordsIn(this.messages, lang)
    const heading = text('report.heading', {
      quarter: quarterName(text, report.quarter),
      area: report.agreement.areaName,
    })
    return {
      title: heading,
      heading,
      reportPath: pathOf(report),
      crumbs: [{ href: '/verantwoording', label: text('title') }],
    }
  }

  /** Only for the serviceteam, while a version waits; and never for who submitted it. */
  private reviewForm(lang: Language, visitor: Visitor, report: Report, typed?: Record<string, string>) {
    const latest = report.record?.versions[0]
    if (!latest || report.status !== 'submitted' || !visitor.has('serviceTeam')) return null
    const text = wordsIn(this.messages, lang)
    return {
      ownSubmission: latest.submittedBy.id === visitor.personId,
      action: `${pathOf(report)}/versies/${latest.number}/beoordeling`,
      typed,
      options: [
        { value: 'approved', label: text('review.approve'), hint: text('review.approveHint') },
        { value: 'returned', label: text('review.return'), hint: text('review.returnHint') },
      ],
    }
  }

  /** Every version with its verdict and reason, the newest first. */
  private history(lang: Language, report: Report) {
    const text = wordsIn(this.messages, lang)
    return (report.record?.versions ?? []).map(({ review, ...version }) => ({
      ...version,
      shortHash: shortHash(version.sha256),
      href: `${pathOf(report)}/versies/${version.number}`,
      review,
      status: text(`status.${review?.verdict ?? 'submitted'}`),
      tone: statusTone[review?.verdict ?? 'submitted'],
    }))
  }
}
