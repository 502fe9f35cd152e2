import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import { Ids, sha256Hex, type Tx } from '#platform'
import { Composing } from './composing.service.js'
import { QuarterClosings } from './quarter-closings.js'
import { type LockedReport, type ReportAddress, Reports } from './reports.service.js'
import { isWhollyApproved } from './rules/course.js'
import type { Draft } from './rules/draft.js'
import type { ReportContent } from './rules/report-content.js'
import { changedSections } from './rules/report-differences.js'
import type { Section } from './rules/report-template.js'
import { ReportFieldRow, ReportVersionRow } from './store/entities.js'
import { addEvents } from './store/report-events.js'

/** One step in the life of a report of the past; `by` is the id of a person. */
export interface PastStep {
  kind: 'completed' | 'submitted' | 'approved' | 'returned' | 'closed'
  by: string
  at: Date
  /** Of a verdict. */
  sections?: readonly Section[]
  /** The question of a return. */
  text?: string
}

/** A report that was made before this system kept it, or for an example. */
export interface PastReport {
  draft: Draft
  savedBy: string
  savedAt: Date
  steps: readonly PastStep[]
}

/** Enters reports of the past as they were made, by the rules of today: no mail is sent, the steps keep their dates. */
@Injectable()
export class ReportsEntering {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Composing) private readonly composing: Composing,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(QuarterClosings) private readonly closings: QuarterClosings,
  ) {}

  /**
   * Enters a report, or takes one that was begun further: its fields take the place of what was saved, its steps follow
   * those that were taken.
   * @throws Error when a submission breaks a rule, with every finding
   */
  async enter(tx: Tx, address: ReportAddress, { draft, savedBy, savedAt, steps }: PastReport): Promise<void> {
    const { record } = await this.reports.lock(tx, address, () => {})
    const rows = Object.entries(draft)
      .filter(([, text]) => text !== '')
      .map(([field, text]) => ({ reportId: record.id, field, text, revision: 1, savedAt, savedBy }))
    if (rows.length > 0) await tx.getRepository(ReportFieldRow).upsert(rows, ['reportId', 'field'])
    for (const step of steps) await this.take(tx, await this.reports.lock(tx, address, () => {}), step)
  }

  private async take(tx: Tx, report: LockedReport, step: PastStep): Promise<void> {
    const { kind, by, at, sections = [], text = '' } = step
    if (kind === 'submitted') return this.submit(tx, report, step)
    if (kind === 'closed' && !isWhollyApproved(report.course))
      throw new Error(`${report.agreement.areaSlug} ${report.quarter}: not every section is approved`)
    const version = kind === 'completed' ? null : report.latest!.number
    await addEvents(tx, report.record.id, [{ kind, version, sections, text, at, by }])
    const { agreement, quarter } = report
    if (kind === 'closed') await this.closings.closed(tx, { agreement, quarter, versionNumber: version!, by })
  }

  private async submit(tx: Tx, report: LockedReport, { by, at }: PastStep): Promise<void> {
    const { json, findings } = await this.composing.of(report, tx, dayOf(at))
    if (!json) throw new Error(`${report.agreement.areaSlug} ${report.quarter}: ${JSON.stringify(findings)}`)
    const version = (report.record.versions[0]?.number ?? 0) + 1
    await tx.getRepository(ReportVersionRow).insert({
      ...{ id: this.ids.next(), reportId: report.record.id, number: version },
      ...{ content: json, sha256: sha256Hex(json), submittedAt: at, submittedBy: by },
    })
    const before = report.latest && (JSON.parse(report.latest.content) as ReportContent)
    const sections = changedSections(before, JSON.parse(json) as ReportContent)
    await addEvents(tx, report.record.id, [{ kind: 'submitted', version, sections, at, by }])
  }
}
