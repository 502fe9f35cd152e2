import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import {
  formErrors,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type ShownError,
  type Visitor,
} from '#platform'
import { CityContents, type ComposedReport } from '../city-contents.service.js'
import { pathOfReport } from '../city-report-notices.js'
import { type CityReport, CityReports, makesReports } from '../city-reports.service.js'
import { CityReportOffering } from '../offering.service.js'
import { RollUps } from '../roll-ups.service.js'
import type { CityReportContent } from '../rules/city-report-content.js'
import type { Period } from '../rules/period.js'
import { differingTexts, type Texts, textViolations } from '../rules/report-texts.js'
import { startingTexts } from '../rules/starting-texts.js'
import type { CityDraft, CityVersion } from '../store/city-reports.store.js'
import { Words } from '../words.js'
import { editModel } from './edit-model.js'
import { quarterModel, shortHash, yearModel } from './report-model.js'

const VIEWS = 'libs/city-reports/pages/views'

/** What the page shows besides the report itself. */
export interface Shown {
  fresh?: boolean
  errors?: ShownError[]
}

/** The pages of a report of the city cooperative: of a quarter to the ALV, or of a year. */
@Injectable()
export class CityReportPages {
  constructor(
    @Inject(CityReports) private readonly reports: CityReports,
    @Inject(CityContents) private readonly contents: CityContents,
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(CityReportOffering) private readonly offering: CityReportOffering,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Where the report stands, the latest version, and for who makes it the next step. */
  async show(lang: Language, visitor: Visitor, period: Period, { fresh, errors }: Shown = {}): Promise<Page> {
    const words = new Words(this.messages, lang)
    const report = await this.reports.of(period)
    const latest = report.versions[0]
    if (!latest && !(await this.isOwed(period))) throw new NotFoundException()
    return page(
      `${VIEWS}/report.hbs`,
      {
        ...this.head(words, period),
        badge: words.say(latest ? 'state.final' : report.over ? 'state.none' : 'state.notOver'),
        badgeTone: latest ? 'good' : 'neutral',
        latest: latest && this.versionModel(words, period, latest),
        history: this.history(words, report),
        fresh: fresh ?? true,
        errors: errors ?? null,
        ...(await this.acts(words, visitor, report)),
      },
      errors?.length ? 422 : 200,
    )
  }

  /** One version, as it stands. */
  async version(lang: Language, period: Period, version: CityVersion, justMade: boolean): Promise<Page> {
    const words = new Words(this.messages, lang)
    const head = this.head(words, period)
    const versionHeading = words.say('version.heading', { number: String(version.number) })
    return page(`${VIEWS}/version.hbs`, {
      ...head,
      title: `${versionHeading} – ${head.reportHeading}`,
      crumbs: [...head.crumbs, { href: head.reportPath, label: head.reportHeading }],
      versionHeading,
      justMade,
      latest: this.versionModel(words, period, version),
    })
  }

  /** The form; with what was typed, when somebody else saved meanwhile. */
  async edit(
    lang: Language,
    period: Period,
    stale?: { typed: Texts; stored: CityDraft },
    errors?: ShownError[],
  ): Promise<Page> {
    const { words, report, composed } = await this.find(lang, period)
    if (!report.over) throw new NotFoundException()
    const { figures } = composed
    const saved = report.draft.savedAt ? report.draft.texts : startingTexts(period, figures)
    return page(
      `${VIEWS}/edit.hbs`,
      {
        ...this.head(words, period),
        ...editModel(words, period, figures, stale?.typed ?? saved),
        revision: String(stale?.stored.revision ?? report.draft.revision),
        savedAt: report.draft.savedAt,
        savedBy: report.draft.savedByName,
        differing: stale && this.differing(words, period, stale),
        errors: errors ?? null,
      },
      stale || errors ? 422 : 200,
    )
  }

  async find(
    lang: Language,
    period: Period,
  ): Promise<{ words: Words; report: CityReport; composed: ComposedReport }> {
    const report = await this.reports.of(period)
    const composed = await this.contents.compose(period, report.draft.texts)
    if (!composed) throw new NotFoundException()
    return { words: new Words(this.messages, lang), report, composed }
  }

  /** Whether an agreement owes a report on the period, or on a quarter of the year. */
  private async isOwed({ kind, name, year }: Period): Promise<boolean> {
    const quarters = await this.rollUps.quarters()
    return quarters.some(({ quarter }) =>
      kind === 'year' ? quarter.year === year : quarter.toString() === name,
    )
  }

  private head(words: Words, period: Period) {
    const reportHeading = words.say(`title.${period.kind}`, { period: words.period(period) })
    const up =
      period.kind === 'quarter'
        ? [
            { href: '/verantwoording/stad', label: words.say('quarters.title') },
            { href: `/verantwoording/stad/${period.name}`, label: words.period(period) },
          ]
        : [{ href: '/jaardocument', label: words.say('years.title') }]
    return {
      title: reportHeading,
      reportHeading,
      leadText: words.say(`lead.${period.kind}`),
      reportPath: pathOfReport(period),
      crumbs: [{ href: '/verantwoording', label: words.say('overview') }, ...up],
      isYear: period.kind === 'year',
      accountsPath: period.kind === 'year' ? `/jaarrekening/${period.year}` : null,
    }
  }

  private versionModel(words: Words, period: Period, version: CityVersion) {
    const content = JSON.parse(version.content) as CityReportContent
    return {
      ...version,
      shortHash: shortHash(version.sha256),
      href: `${pathOfReport(period)}/versies/${version.number}`,
      copies: words.say('copies', { copies: String(version.copies) }),
      quarter: content.format === 'samen.city-report/1' ? quarterModel(words, content) : null,
      year: content.format === 'samen.annual-report/1' ? yearModel(words, content) : null,
    }
  }

  private history(words: Words, { period, versions, offers }: CityReport) {
    return versions.map(({ number, finalisedAt, finalisedByName, sha256 }) => ({
      when: moment(words.lang, finalisedAt),
      at: finalisedAt.toISOString(),
      heading: words.say('version.heading', { number: String(number) }),
      text: [
        words.say('version.by', { name: finalisedByName, hash: shortHash(sha256) }),
        ...offers
          .filter((offer) => offer.version === number)
          .map(({ assembly, heldOn }) =>
            words.say('version.onAgenda', { assembly, day: longDay(words.lang, heldOn) }),
          ),
      ].join(' '),
      href: `${pathOfReport(period)}/versies/${number}`,
      linkLabel: words.say('version.read', { number: String(number) }),
    }))
  }

  /** What a maker of reports can do now, and who puts them on an agenda. */
  private async acts(words: Words, visitor: Visitor, report: CityReport) {
    const { period, draft, versions, offers, over } = report
    const latest = versions[0]
    const mayWrite = makesReports(visitor) && over
    const composed = mayWrite ? await this.contents.compose(period, draft.texts) : null
    const mayOffer = latest !== undefined && (makesReports(visitor) || visitor.has('chair', 'secretary'))
    const there = offers.filter(({ version }) => version === latest?.number)
    const candidates = mayOffer ? await this.offering.candidates() : []
    return {
      mayWrite,
      hasDraft: mayWrite && draft.savedAt !== null,
      draft: { ...draft, inputs: composed?.inputs ?? '' },
      problems: composed
        ? formErrors(this.messages, words.lang, textViolations(period.kind, composed.texts))
        : [],
      upToDate: latest !== undefined && latest.content === composed?.json,
      mayOffer,
      offered: there.map(({ assembly, assemblyId, heldOn }) => ({
        href: `/alv/${assemblyId}`,
        label: words.say('offer.there', { assembly, day: longDay(words.lang, heldOn) }),
      })),
      assemblies: candidates
        .filter(({ id }) => !there.some(({ assemblyId }) => assemblyId === id))
        .map(({ id, title, heldOn }) => ({ value: id, label: `${title}, ${longDay(words.lang, heldOn)}` })),
    }
  }

  private differing(words: Words, period: Period, { typed, stored }: { typed: Texts; stored: CityDraft }) {
    const labels = new Map(
      editModel(words, period, null, typed).fields.map(({ name, label }) => [name, label]),
    )
    return differingTexts(typed, stored.texts).map((field) => ({
      label: labels.get(field) ?? field.replace('wijk.', ''),
      mine: typed[field] ?? '',
      theirs: stored.texts[field] ?? '',
    }))
  }
}
