import { ForbiddenException, Inject, Injectable } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor } from '#platform'
import { ReportNotices } from './report-notices.js'
import { type LockedReport, type Report, type ReportAddress, Reports } from './reports.service.js'
import { relationTo } from './rules/access.js'
import { composeReport } from './rules/compose-report.js'
import { type Draft, differingFields, draftOf } from './rules/draft.js'
import { draftIsOpen } from './rules/status.js'
import { hasBegun, timingViolations } from './rules/timing.js'
import { ReportVersionRow } from './store/entities.js'
import { type ReportVersion, type SavedDraft, writeDraft } from './store/report-records.js'

/** Somebody else saved after this form was opened: nothing was written, both texts are given. */
export type StaleDraft = { outcome: 'stale'; report: Report; typed: Draft; stored: SavedDraft }
/** The report was submitted meanwhile: nothing was written, what was typed is given back. */
export type ClosedDraft = { outcome: 'closed'; report: Report; typed: Draft; latest: ReportVersion }

export type DraftOutcome = { outcome: 'saved'; revision: number } | StaleDraft | ClosedDraft
export type SubmitOutcome =
  | { outcome: 'submitted'; version: number; repeated: boolean }
  | { outcome: 'invalid'; report: Report; typed: Draft; revision: number; violations: Violation[] }
  | StaleDraft
  | ClosedDraft

/** What a form sends: its fields as typed, and the revision of the draft that it showed. */
export interface TypedReport {
  fields: Readonly<Record<string, unknown>>
  revision: number
}

/** What treasurer and coordinator do with a quarterly report: keep a draft, and submit it. */
@Injectable()
export class Submitting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportNotices) private readonly notices: ReportNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Keeps a draft exactly as typed. Saving the same again changes nothing. Who did not see the latest revision
   * overwrites nothing: unless the texts are the same, both come back to choose from.
   * @throws RuleViolated `report.quarterNotBegun`
   */
  async saveDraft(
    by: Visitor,
    address: ReportAddress,
    { fields, revision }: TypedReport,
  ): Promise<DraftOutcome> {
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.permit(by, found))
      const typed = draftOf(report.template, fields)
      return closed(report, typed) ?? this.keep(tx, by, report, typed, revision)
    })
  }

  /**
   * Submits what was typed as the next version, which nobody can change. What is wrong is named all at once, and
   * then the draft is kept as typed. Two submissions of the same, at once or after each other, make one version.
   * @throws RuleViolated `report.quarterNotBegun`
   */
  async submit(
    by: Visitor,
    address: ReportAddress,
    { fields, revision }: TypedReport,
  ): Promise<SubmitOutcome> {
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.permit(by, found))
      const typed = draftOf(report.template, fields)
      const content = this.contentOf(report, typed)
      const latest = report.record.versions[0]
      const unseen = !draftIsOpen(report.status) || revision !== report.record.draft.revision
      if (latest && unseen && content.ok && content.json === latest.content) {
        return { outcome: 'submitted', version: latest.number, repeated: true }
      }
      const kept = closed(report, typed) ?? (await this.keep(tx, by, report, typed, revision))
      if (kept.outcome !== 'saved') return kept
      if (!content.ok) {
        return { outcome: 'invalid', report, typed, revision: kept.revision, violations: content.violations }
      }
      const version = await this.addVersion(tx, by, report, content.json)
      return { outcome: 'submitted', version, repeated: false }
    })
  }

  private permit(by: Visitor, { agreement, quarter }: Report): void {
    if (relationTo(by, agreement.counterparty.id) !== 'own') throw new ForbiddenException()
    if (!hasBegun(quarter, this.clock.today())) throw RuleViolated.of('report.quarterNotBegun')
  }

  private async keep(
    tx: Tx,
    by: Visitor,
    report: LockedReport,
    typed: Draft,
    revision: number,
  ): Promise<{ outcome: 'saved'; revision: number } | StaleDraft> {
    const { id, draft } = report.record
    const same = draft.savedAt !== null && differingFields(report.template, typed, draft.typed).length === 0
    if (same) return { outcome: 'saved', revision: draft.revision }
    if (revision !== draft.revision) return { outcome: 'stale', report, typed, stored: draft }
    const next = await writeDraft(tx, id, typed, by.personId, this.clock.now())
    await this.audit.record(tx, {
      actorId: by.personId,
      action: 'report.draftSaved',
      subject: { kind: 'quarterlyReport', id },
      details: { revision: next },
    })
    return { outcome: 'saved', revision: next }
  }

  private contentOf(
    report: Report,
    typed: Draft,
  ): { ok: true; json: string } | { ok: false; violations: Violation[] } {
    const { agreement, agreementVersion, quarter, template } = report
    const tooEarly = timingViolations(quarter, agreement, this.clock.today())
    const composed = composeReport(
      {
        template,
        area: { slug: agreement.areaSlug, name: agreement.areaName },
        counterparty: agreement.counterparty,
        agreement: { id: agreement.id, version: agreementVersion.number },
      },
      quarter,
      typed,
    )
    if (tooEarly.length === 0) return composed
    return { ok: false, violations: [...tooEarly, ...(composed.ok ? [] : composed.violations)] }
  }

  private async addVersion(tx: Tx, by: Visitor, report: LockedReport, content: string): Promise<number> {
    const number = (report.record.versions[0]?.number ?? 0) + 1
    const version = {
      id: this.ids.next(),
      reportId: report.record.id,
      number,
      content,
      sha256: sha256Hex(content),
      submittedAt: this.clock.now(),
      submittedBy: by.personId,
    }
    await tx.getRepository(ReportVersionRow).insert(version)
    await this.audit.record(tx, {
      actorId: by.personId,
      action: 'report.submitted',
      subject: { kind: 'quarterlyReport', id: report.record.id },
      details: { version: number, sha256: version.sha256 },
    })
    await this.notices.submitted(tx, report, version, by)
    return number
  }
}

function closed(report: LockedReport, typed: Draft): ClosedDraft | null {
  const latest = report.record.versions[0]
  return latest && !draftIsOpen(report.status) ? { outcome: 'closed', report, typed, latest } : null
}
