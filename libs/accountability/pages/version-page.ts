import { Inject, Injectable } from '@nestjs/common'
import { textDifference } from '#assemblies'
import { centsFromJson, formatCents } from '#kernel'
import { type Language, Messages, moment, type Page, page } from '#platform'
import type { Report } from '../reports.service.js'
import type { ReportContent } from '../rules/report-content.js'
import { annexDifferences, type Difference, differencesBetween } from '../rules/report-differences.js'
import { type Section, sections } from '../rules/report-template.js'
import type { ReportVersion } from '../store/report-records.js'
import { contentModel, shortHash } from './content-model.js'
import { statusTone } from './overview-model.js'
import { ReportPage } from './report-page.js'
import { decimalText, indicatorText, type Text, wordsIn } from './report-words.js'

const VIEWS = 'libs/accountability/pages/views'

/** Builds the page of one version, and of what it changed. */
@Injectable()
export class VersionPage {
  constructor(
    @Inject(ReportPage) private readonly reportPage: ReportPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  version(lang: Language, report: Report, version: ReportVersion, submitted: string | undefined): Page {
    const text = wordsIn(this.messages, lang)
    const head = this.head(lang, report, text('version.heading', { number: version.number }))
    const content = JSON.parse(version.content) as ReportContent
    return page(`${VIEWS}/version.hbs`, {
      ...head,
      version,
      ...contentModel(this.messages, lang, content, head.reportPath),
      signedOff: this.signedOff(lang, report, version),
      shortHash: shortHash(version.sha256),
      submittedNow: submitted === 'nu',
      submittedBefore: submitted === 'eerder',
      hasDifference: version.number > 1,
      ...this.badge(text, report, version),
    })
  }

  difference(lang: Language, report: Report, before: ReportVersion, after: ReportVersion): Page {
    const text = wordsIn(this.messages, lang)
    const [was, is] = [before, after].map(({ content }) => JSON.parse(content) as ReportContent) as [
      ReportContent,
      ReportContent,
    ]
    const differences = differencesBetween(was, is)
    const annexes = annexDifferences(was, is)
    return page(`${VIEWS}/difference.hbs`, {
      ...this.head(lang, report, text('difference.heading', { before: before.number, after: after.number })),
      parts: sections.flatMap((section) => this.part(text, lang, is, section, differences)),
      annexes: [
        ...annexes.added.map(({ name }) => text('difference.annexAdded', { name })),
        ...annexes.removed.map(({ name }) => text('difference.annexRemoved', { name })),
      ],
    })
  }

  private head(lang: Language, report: Report, heading: string) {
    const head = this.reportPage.head(lang, report)
    return {
      ...head,
      title: `${heading} – ${head.title}`,
      heading,
      pre: head.heading,
      crumbs: [...head.crumbs, { href: head.reportPath, label: head.heading }],
    }
  }

  /** Who completed it and who signed it: two people. */
  private signedOff(lang: Language, { record }: Report, version: ReportVersion) {
    const text = wordsIn(this.messages, lang)
    const events = record?.events ?? []
    const at = events.findIndex(
      ({ kind, version: number }) => kind === 'submitted' && number === version.number,
    )
    const completed = events.slice(0, at).findLast(({ kind }) => kind === 'completed')
    const said = (label: string, name: string, when: Date) => ({
      label: text(`version.${label}`),
      value: text('version.byAt', { name, when: moment(lang, when) }),
    })
    return [
      ...(completed ? [said('completedBy', completed.by.name, completed.at)] : []),
      said('submittedBy', version.submittedBy.name, version.submittedAt),
      { label: text('version.hash'), value: shortHash(version.sha256) },
    ]
  }

  private badge(text: Text, { status, course, latest }: Report, { number }: ReportVersion) {
    if (course.withdrawn.includes(number)) return { badge: text('version.withdrawn'), badgeTone: 'warn' }
    if (latest?.number !== number) return { badge: text('version.replaced'), badgeTone: 'neutral' }
    const shown = status === 'completed' ? 'returned' : status
    return { badge: text(`status.${shown}`), badgeTone: statusTone[shown] }
  }

  /** What changed in a section: texts word for word, the rest as old and new. */
  private part(
    text: Text,
    lang: Language,
    content: ReportContent,
    section: Section,
    differences: readonly Difference[],
  ) {
    const mine = differences.filter((one) => one.section === section)
    if (mine.length === 0) return []
    const texts = mine.filter(({ kind }) => kind === 'text')
    return [
      {
        heading: text(`sectionHeading.${section}`),
        texts: texts.map((one) => ({
          heading: nameOf(text, one),
          parts: textDifference(one.before, one.after),
        })),
        columns: [
          { label: text('difference.what') },
          { label: text('difference.before'), kind: 'figure' },
          { label: text('difference.after'), kind: 'figure' },
        ],
        rows: mine
          .filter(({ kind }) => kind !== 'text')
          .map((one) => [
            nameOf(text, one),
            shownValue(text, lang, content, one, one.before),
            shownValue(text, lang, content, one, one.after),
          ]),
      },
    ]
  }
}

function nameOf(text: Text, { section, id, label, what }: Difference): string {
  if (section === 'story') return text(`narrative.${id}`)
  if (section === 'risks') return text('risks.question')
  if (label !== null) return text('difference.of', { label, what: text(`difference.field.${what}`) })
  return text(`difference.field.${what}`)
}

function shownValue(
  text: Text,
  lang: Language,
  { indicators }: ReportContent,
  { kind, section, id }: Difference,
  value: string,
): string {
  if (value === '') return ''
  if (kind === 'money') return formatCents(centsFromJson(value))
  if (section === 'people') return decimalText(lang, value)
  const indicator = indicators.find((one) => one.id === id)
  return indicator ? indicatorText(text, lang, indicator.kind, value) : value
}
