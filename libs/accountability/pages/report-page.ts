import { Inject, Injectable } from '@nestjs/common'
import {
  Clock,
  dayInDigits,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type ShownError,
  type Visitor,
} from '#platform'
import type { Report } from '../reports.service.js'
import { relationTo } from '../rules/access.js'
import { isWhollyApproved, type ReportEvent } from '../rules/course.js'
import type { ReportContent } from '../rules/report-content.js'
import { type Section, sections } from '../rules/report-template.js'
import { sectionsToReview } from '../rules/reviewers.js'
import { draftIsOpen } from '../rules/status.js'
import { hasBegun } from '../rules/timing.js'
import { contentModel, type ShownSection } from './content-model.js'
import { historyOf } from './history.js'
import { standingTone, statusTone } from './overview-model.js'
import { pathOf, quarterName, type Text, wordsIn } from './report-words.js'

const VIEWS = 'libs/accountability/pages/views'

/** What the report page shows besides the report: what was just done, or a form that was refused. */
export interface ShownAct {
  done?: 'completed' | 'reviewed' | 'withdrawn' | 'reopened' | null
  typed?: Record<string, string>
  errors?: ShownError[]
}

type Refused = Pick<ShownAct, 'typed' | 'errors'>

/** Builds the page of a report: where it stands, its sections with what was said of them, and what one can do. */
@Injectable()
export class ReportPage {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  show(lang: Language, visitor: Visitor, report: Report, { done, typed, errors }: ShownAct = {}): Page {
    const text = wordsIn(this.messages, lang)
    const relation = relationTo(visitor, report.agreement.counterparty.id)
    const { latest, course, status } = report
    const shown = relation === 'reader' && !latest ? 'awaited' : status
    const waits = isWhollyApproved(course) && !course.closed
    return page(
      `${VIEWS}/report.hbs`,
      {
        ...this.head(lang, report),
        badge: text(`status.${shown}`),
        badgeTone: statusTone[status],
        explanation: text(`statusExplained.${waits ? 'waits' : shown}`),
        done: done ? { heading: text(`done.${done}`), text: text(`doneNext.${done}`) } : null,
        facts: this.facts(lang, report),
        actions: this.actions(text, visitor, report),
        ...this.reviewed(lang, visitor, report, typed),
        withdraw: this.withdrawal(visitor, report, { typed, errors }),
        reopen: this.reopening(text, visitor, report, { typed, errors }),
        errors: errors ?? [],
        history: historyOf(text, lang, report, relation),
        hasDifference: (latest?.number ?? 0) > 1,
        latest,
      },
      errors?.length ? 422 : 200,
    )
  }

  head(lang: Language, report: Report) {
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

  private facts(lang: Language, { agreement, dueOn, latest, course }: Report) {
    const text = wordsIn(this.messages, lang)
    const signed = latest && course.live
    return [
      { label: text('report.cooperative'), value: agreement.counterparty.name },
      {
        label: text('report.due'),
        value: this.messages.text(lang, 'accountability.day', { day: dayInDigits(dueOn) }),
      },
      ...(signed
        ? [
            {
              label: text('report.submitted'),
              value: text('report.submittedBy', {
                number: latest.number,
                name: latest.submittedBy.name,
                when: moment(lang, latest.submittedAt),
              }),
            },
          ]
        : []),
    ]
  }

  /** What its own people can do now: fill in, or sign. */
  private actions(text: Text, visitor: Visitor, report: Report) {
    const { agreement, quarter, status, course } = report
    if (relationTo(visitor, agreement.counterparty.id) !== 'own') return []
    if (!draftIsOpen(status) || !hasBegun(quarter, this.clock.today())) return []
    const path = pathOf(report)
    const fillIn = { href: `${path}/invullen`, label: text(`action.${status}`), kind: '' }
    if (status !== 'completed') return [fillIn]
    const other = course.completed!.by.id !== visitor.personId
    const maySign = visitor.hasFor('treasurer', agreement.counterparty.id) && other
    const sign = { href: `${path}/ondertekenen`, label: text('sign.link'), kind: '' }
    return [...(maySign ? [sign] : []), { ...fillIn, kind: maySign ? 'secondary' : '' }]
  }

  /** The sections of the newest version, each with what was said about it and, for its reviewer, the form. */
  private reviewed(lang: Language, visitor: Visitor, report: Report, typed?: Record<string, string>) {
    const text = wordsIn(this.messages, lang)
    const { latest, course, agreement } = report
    if (!latest) return { sections: [], annexes: [], review: null }
    const content = JSON.parse(latest.content) as ReportContent
    const mine = sectionsToReview(visitor, course, agreement.counterparty)
    const shown = contentModel(this.messages, lang, content, pathOf(report))
    return {
      annexes: shown.annexes,
      sections: shown.sections.map((section) => ({
        ...section,
        ...this.standing(text, lang, report, section),
        verdict: mine.includes(section.id) ? this.verdict(text, section.id, typed) : null,
      })),
      review: mine.length > 0 ? { action: `${pathOf(report)}/versies/${latest.number}/beoordeling` } : null,
    }
  }

  private standing(text: Text, lang: Language, { course, record }: Report, { id }: ShownSection) {
    const { standing } = course.sections[id]
    const told = (record?.events ?? []).filter(
      ({ kind, sections: of, text: said }) =>
        of.includes(id) && said !== '' && ['returned', 'answered', 'approved', 'reopened'].includes(kind),
    )
    return {
      badge: text(`standing.${standing === 'open' ? 'waiting' : standing}`),
      badgeTone: standingTone[standing],
      talk: told.map((event) => this.said(text, lang, event)),
    }
  }

  private said(text: Text, lang: Language, { kind, by, at, text: words }: ReportEvent) {
    return { who: text(`said.${kind}`, { name: by.name, when: moment(lang, at) }), words }
  }

  private verdict(text: Text, section: Section, typed: Record<string, string> | undefined) {
    const name = text(`section.${section}`)
    return {
      name: `oordeel.${section}`,
      questionName: `vraag.${section}`,
      label: text('review.question', { section: name }),
      questionLabel: text('review.text', { section: name }),
      typed,
      options: [
        { value: 'approved', label: text('review.approve') },
        { value: 'returned', label: text('review.return'), hint: text('review.returnHint') },
      ],
    }
  }

  /** As long as nobody gave a verdict. */
  private withdrawal(visitor: Visitor, report: Report, refused: Refused) {
    const { live } = report.course
    const treasurer = visitor.hasFor('treasurer', report.agreement.counterparty.id)
    if (!treasurer || !live || live.reviewBegun || draftIsOpen(report.status)) return null
    return { action: `${pathOf(report)}/versies/${live.number}/intrekking`, ...refused }
  }

  private reopening(text: Text, visitor: Visitor, report: Report, refused: Refused) {
    if (!visitor.has('teamLead', 'director') || !isWhollyApproved(report.course)) return null
    return {
      action: `${pathOf(report)}/heropening`,
      ...refused,
      open: refused.typed !== undefined,
      choices: sections.map((section) => ({
        name: `deel.${section}`,
        label: text(`sectionHeading.${section}`),
      })),
    }
  }
}
