import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Visitor } from '#platform'
import { ReportNotices } from './report-notices.js'
import { type ReportAddress, Reports } from './reports.service.js'
import type { ReviewVerdict } from './rules/status.js'
import { ReportReviewRow } from './store/entities.js'
import type { ReportReview } from './store/report-records.js'

export interface GivenVerdict {
  verdict: ReviewVerdict
  /** Required when the report is returned. */
  reason: string
}

/** What the serviceteam does with a quarterly report: approve a version, or return it with a reason. */
@Injectable()
export class Reviewing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportNotices) private readonly notices: ReportNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Records the verdict on a version. The same verdict by the same person again changes nothing; of two reviewers
   * at once the first one's verdict stands, and the second is told.
   * @throws RuleViolated `report.ownReview`, `report.reasonMissing`, `report.alreadyReviewed`
   */
  async review(
    by: Visitor,
    address: ReportAddress,
    versionNumber: number,
    { verdict, reason }: GivenVerdict,
  ): Promise<{ repeated: boolean }> {
    if (!by.has('serviceTeam')) throw new ForbiddenException()
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, ({ record }) => {
        if (!record?.versions.some(({ number }) => number === versionNumber)) throw new NotFoundException()
      })
      const version = report.record.versions.find(({ number }) => number === versionNumber)!
      if (version.submittedBy.id === by.personId) throw RuleViolated.of('report.ownReview')
      if (version.review) return repeated(version.review, by, verdict)
      const given = { verdict, reason: reason.trim() }
      if (verdict === 'returned' && given.reason === '')
        throw RuleViolated.of('report.reasonMissing', undefined, 'reden')
      await tx
        .getRepository(ReportReviewRow)
        .insert({ ...given, versionId: version.id, reviewedAt: this.clock.now(), reviewedBy: by.personId })
      await this.audit.record(tx, {
        actorId: by.personId,
        action: `report.${verdict}`,
        subject: { kind: 'quarterlyReport', id: report.record.id },
        details: { version: versionNumber, sha256: version.sha256, reason: given.reason },
      })
      await this.notices.reviewed(tx, report, version, given, by.name)
      return { repeated: false }
    })
  }
}

function repeated(stands: ReportReview, by: Visitor, verdict: ReviewVerdict): { repeated: true } {
  if (stands.reviewedBy.id === by.personId && stands.verdict === verdict) return { repeated: true }
  throw RuleViolated.of('report.alreadyReviewed', { name: stands.reviewedBy.name, verdict: stands.verdict })
}
