import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { AdmissionNotices } from './admission-notices.js'
import { checkAct, type ReviewOutcome } from './rules/application-state.js'
import { checkNotes, checkReview, type Finding, type JudgedCriterion } from './rules/assessment.js'
import { type ApplicationRecord, readApplication, readFindings } from './store/application-records.js'
import { ApplicationReviewRow, CriterionAssessmentRow } from './store/entities.js'

/** An assessment as it was filled in; `keep` only keeps the findings. */
export interface GivenAssessment {
  /** The number of the version that was on the page. */
  version: number
  findings: Readonly<Record<string, { finding: Finding | null; note: string }>>
  outcome: ReviewOutcome | 'keep'
  /** The question, or the reasons of the advice. */
  message: string
}

/** The serviceteam holds an application against the criteria, asks back, and advises. */
@Injectable()
export class Assessing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AdmissionNotices) private readonly notices: AdmissionNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Records findings, and perhaps ends the assessment of the version with a question or an advice. The
   * application is locked: of two assessors at once one ends it, the other hears that it was done. The same
   * outcome again by the same person changes nothing.
   * @throws NotFoundException, RuleViolated `admission.alreadyReviewed`, `admission.notWaiting`, and what
   * {@link checkReview} finds
   */
  async assess(visitor: Visitor, id: string, given: GivenAssessment): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await readApplication(tx, id, 'lock')
      if (!application) throw new NotFoundException()
      if (isRepeat(visitor, application, given)) return
      const [version] = application.versions
      if (!version) throw new NotFoundException()
      RuleViolated.throwIfAny(checkAct(application.state, 'assess'))
      if (version.number !== given.version) throw RuleViolated.of('admission.newerVersion')
      const criteria = version.content.criteria.map(({ key }) => judged(key, given.findings[key]))
      RuleViolated.throwIfAny(
        given.outcome === 'keep' ? checkNotes(criteria) : checkReview(given.outcome, criteria, given.message),
      )
      await this.keepFindings(tx, visitor, application, criteria)
      if (given.outcome !== 'keep') await this.end(tx, visitor, application, given.outcome, given.message)
    })
  }

  /** Only what differs from what was found of this version: the register holds judgements, not clicks. */
  private async keepFindings(
    tx: Tx,
    visitor: Visitor,
    { id, versions }: ApplicationRecord,
    criteria: readonly JudgedCriterion[],
  ): Promise<void> {
    const version = versions[0]!
    const known = await readFindings(tx, id)
    const rows = criteria.flatMap(({ key, finding, note }) => {
      if (!finding) return []
      const earlier = known.find((one) => one.criterion === key && one.version === version.number)
      if (earlier?.finding === finding && earlier.note === note) return []
      return {
        id: this.ids.next(),
        versionId: version.id,
        criterion: key,
        finding,
        note,
        assessedAt: this.clock.now(),
        assessedBy: visitor.personId,
      }
    })
    if (rows.length === 0) return
    await tx.getRepository(CriterionAssessmentRow).insert(rows)
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'application.assessed',
      subject: { kind: 'application', id },
      details: {
        version: version.number,
        findings: rows.map(({ criterion, finding }) => [criterion, finding]),
      },
    })
  }

  private async end(
    tx: Tx,
    visitor: Visitor,
    application: ApplicationRecord,
    outcome: ReviewOutcome,
    typed: string,
  ): Promise<void> {
    const version = application.versions[0]!
    const message = typed.trim()
    await tx.getRepository(ApplicationReviewRow).insert({
      versionId: version.id,
      outcome,
      message,
      reviewedAt: this.clock.now(),
      reviewedBy: visitor.personId,
    })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: outcome === 'askedBack' ? 'application.askedBack' : 'application.advised',
      subject: { kind: 'application', id: application.id },
      details: { version: version.number, outcome, message },
    })
    if (outcome === 'askedBack') await this.notices.askedBack(tx, application, version, message)
  }
}

/** @throws RuleViolated `admission.alreadyReviewed` when this version was ended otherwise, or by someone else */
function isRepeat(visitor: Visitor, { versions }: ApplicationRecord, given: GivenAssessment): boolean {
  const review = versions.find(({ number }) => number === given.version)?.review
  if (!review) return false
  const same = review.byId === visitor.personId && review.outcome === given.outcome
  if (same) return true
  throw RuleViolated.of('admission.alreadyReviewed', { name: review.byName })
}

function judged(key: string, given: { finding: Finding | null; note: string } | undefined): JudgedCriterion {
  return { key, finding: given?.finding ?? null, note: given?.note.trim() ?? '' }
}
