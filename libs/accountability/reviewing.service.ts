import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { quartersOf } from '#agreements'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { QuarterClosings } from './quarter-closings.js'
import { ReportNotices } from './report-notices.js'
import { type LockedReport, type Report, type ReportAddress, Reports } from './reports.service.js'
import { isWhollyApproved } from './rules/course.js'
import type { Section } from './rules/report-template.js'
import { isOwnReport, reviewerOf } from './rules/reviewers.js'
import { addEvents, type NewEvent } from './store/report-events.js'

export type ReviewVerdict = 'approved' | 'returned'

/** The verdict on one section. `text`: the question or remark; required when the section is returned. */
export interface SectionVerdict {
  section: Section
  verdict: ReviewVerdict
  text: string
}

/** What serviceteam and controller do with a report, section by section; and what opens a closed quarter again. */
@Injectable()
export class Reviewing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportNotices) private readonly notices: ReportNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(QuarterClosings) private readonly closings: QuarterClosings,
  ) {}

  /**
   * Records verdicts on sections of the version that is reviewed: all of them or none. With the last section
   * approved the quarter closes, if the one before it has. The same verdicts by the same person again change
   * nothing; of two reviewers at once the first one's verdict stands, and the second is told.
   * @throws RuleViolated `report.ownReview`, `report.versionReplaced`, `report.verdictMissing`, and per section
   *   `report.reasonMissing`, `report.alreadyReviewed`; ForbiddenException for a section of somebody else's
   */
  async review(
    by: Visitor,
    address: ReportAddress,
    versionNumber: number,
    verdicts: readonly SectionVerdict[],
  ): Promise<{ repeated: boolean; closed: boolean }> {
    if (verdicts.some(({ section }) => !by.has(reviewerOf[section]))) throw new ForbiddenException()
    if (verdicts.length === 0) throw RuleViolated.of('report.verdictMissing')
    const given = verdicts.map((one) => ({ ...one, text: one.text.trim() }))
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => knows(found, versionNumber), true)
      if (isOwnReport(by, report.course, report.agreement.counterparty))
        throw RuleViolated.of('report.ownReview')
      if (report.course.live?.number !== versionNumber) throw RuleViolated.of('report.versionReplaced')
      const fresh = given.filter((one) => !isRepeated(report, by, one))
      RuleViolated.throwIfAny(fresh.flatMap((one) => violationsOf(report, one)))
      if (fresh.length === 0) return { repeated: true, closed: report.course.closed !== null }
      await this.record(tx, by, report, versionNumber, fresh)
      return { repeated: false, closed: await this.closeIfDone(tx, by, address) }
    })
  }

  /**
   * Opens sections of an approved quarter again, with a reason that the wijkcoöperatie reads.
   * @throws RuleViolated `report.notApproved`, `report.reasonMissing`, `report.sectionMissing`;
   *   ForbiddenException for others than teamleider and board, NotFoundException
   */
  async reopen(
    by: Visitor,
    address: ReportAddress,
    { sections, reason }: { sections: readonly Section[]; reason: string },
  ): Promise<void> {
    if (!by.has('teamLead', 'director')) throw new ForbiddenException()
    await this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, ({ record }) => {
        if (!record) throw new NotFoundException()
      })
      if (isSameReopening(report, by, sections, reason.trim())) return
      RuleViolated.throwIfAny([
        ...(isWhollyApproved(report.course) ? [] : [{ code: 'report.notApproved' }]),
        ...(sections.length > 0 ? [] : [{ code: 'report.sectionMissing', path: 'onderdelen' }]),
        ...(reason.trim() ? [] : [{ code: 'report.reasonMissing', path: 'reden' }]),
      ])
      const version = report.latest!
      const text = reason.trim()
      await addEvents(tx, report.record.id, [
        { kind: 'reopened', version: version.number, sections, text, at: this.clock.now(), by: by.personId },
      ])
      await this.log(tx, by, report, 'report.reopened', { version: version.number, sections, reason: text })
      await this.notices.reopened(tx, report, version, { sections, reason: text }, by)
    })
  }

  private async record(
    tx: Tx,
    by: Visitor,
    report: LockedReport,
    version: number,
    verdicts: readonly SectionVerdict[],
  ): Promise<void> {
    const at = this.clock.now()
    await addEvents(
      tx,
      report.record.id,
      verdicts.map(
        ({ section, verdict, text }): NewEvent => ({
          ...{ kind: verdict, version, sections: [section], text, at, by: by.personId },
        }),
      ),
    )
    await this.log(tx, by, report, 'report.reviewed', { version, sha256: report.latest!.sha256, verdicts })
    const returned = verdicts.filter(({ verdict }) => verdict === 'returned')
    if (returned.length > 0) await this.notices.returned(tx, report, report.latest!, returned, by)
  }

  /**
   * Closes the quarter when all of it is approved and the quarter before is closed, and then those after it that
   * only waited for it.
   * @returns whether this quarter closed
   */
  private async closeIfDone(tx: Tx, by: Visitor, { area, quarter }: ReportAddress): Promise<boolean> {
    const report = await this.reports.find({ area, quarter }, tx)
    if (!report?.record || !isWhollyApproved(report.course) || report.course.closed) return false
    if (!(await this.previousIsClosed(tx, report))) return false
    await this.close(tx, by, report as LockedReport)
    await this.closeIfDone(tx, by, { area, quarter: report.quarter.next().toString() })
    return true
  }

  private async previousIsClosed(tx: Tx, { agreement, quarter }: Report): Promise<boolean> {
    if (quartersOf(agreement)[0]?.toString() === quarter.toString()) return true
    const before = { area: agreement.areaSlug, quarter: quarter.previous().toString() }
    const previous = await this.reports.find(before, tx)
    return previous === null || previous.course.closed !== null
  }

  private async close(tx: Tx, by: Visitor, report: LockedReport): Promise<void> {
    const version = report.latest!
    await addEvents(tx, report.record.id, [
      { kind: 'closed', version: version.number, at: this.clock.now(), by: by.personId },
    ])
    await this.log(tx, by, report, 'report.closed', { version: version.number, sha256: version.sha256 })
    await this.notices.approved(tx, report, version, by)
    const { agreement, quarter } = report
    await this.closings.closed(tx, { agreement, quarter, versionNumber: version.number, by: by.personId })
  }

  private async log(
    tx: Tx,
    by: Visitor,
    { record }: LockedReport,
    action: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    const subject = { kind: 'quarterlyReport', id: record.id }
    await this.audit.record(tx, { actorId: by.personId, action, subject, details })
  }
}

function knows({ record }: Report, versionNumber: number): void {
  if (!record?.versions.some(({ number }) => number === versionNumber)) throw new NotFoundException()
}

/** Whether this person gave this very verdict already. */
function isRepeated({ course }: Report, by: Visitor, { section, verdict, text }: SectionVerdict): boolean {
  const { since } = course.sections[section]
  return since?.by.id === by.personId && since.kind === verdict && since.text === text
}

function violationsOf({ course }: Report, { section, verdict, text }: SectionVerdict): Violation[] {
  const { standing, since } = course.sections[section]
  if (standing !== 'waiting') {
    const params = { name: since?.by.name ?? '', verdict: standing }
    return [{ code: 'report.alreadyReviewed', path: `oordeel.${section}`, params }]
  }
  const missing = verdict === 'returned' && text === ''
  return missing ? [{ code: 'report.questionMissing', path: `vraag.${section}` }] : []
}

function isSameReopening(
  { course }: Report,
  by: Visitor,
  sections: readonly Section[],
  reason: string,
): boolean {
  return (
    sections.length > 0 &&
    sections.every((section) => {
      const { standing, since } = course.sections[section]
      return standing === 'reopened' && since?.by.id === by.personId && since.text === reason
    })
  )
}
