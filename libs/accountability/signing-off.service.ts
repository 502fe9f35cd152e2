import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor } from '#platform'
import { Composing } from './composing.service.js'
import { Drafting } from './drafting.service.js'
import { ReportNotices } from './report-notices.js'
import { type LockedReport, type Report, type ReportAddress, Reports } from './reports.service.js'
import { answerField } from './rules/answers.js'
import type { Finding } from './rules/assess-report.js'
import { openSections } from './rules/course.js'
import type { ReportContent } from './rules/report-content.js'
import { changedSections } from './rules/report-differences.js'
import { sections } from './rules/report-template.js'
import { ReportVersionRow } from './store/entities.js'
import { removeFields } from './store/report-drafts.js'
import { addEvents, type NewEvent } from './store/report-events.js'

/** Ready, or everything that still has to be mended or explained; hints never stand in the way. */
export type CompleteOutcome =
  | { outcome: 'completed'; repeated: boolean }
  | { outcome: 'refused'; findings: Finding[] }

/** How a draft becomes a version: completed by one person, signed and so submitted by another. */
@Injectable()
export class SigningOff {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(Composing) private readonly composing: Composing,
    @Inject(ReportNotices) private readonly notices: ReportNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * What would be signed now, with its fingerprint; `json` is null while the draft may not be submitted.
   * @throws ForbiddenException for others than its own treasurer and coordinator, NotFoundException
   */
  async toSign(
    visitor: Visitor,
    address: ReportAddress,
  ): Promise<{ report: Report; json: string | null; sha256: string | null }> {
    const { report } = await this.drafting.current(address, visitor)
    const { json } = await this.composing.of(report)
    return { report, json, sha256: json && sha256Hex(json) }
  }

  /**
   * Says that the draft as it stands is ready to be signed. What is wrong is named all at once; nothing is lost by
   * it. A repeat changes nothing.
   * @throws RuleViolated `report.quarterNotBegun`, `report.alreadySubmitted`; ForbiddenException, NotFoundException
   */
  async complete(by: Visitor, address: ReportAddress): Promise<CompleteOutcome> {
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.drafting.permit(by, found))
      if (openSections(report.course).length === 0) throw RuleViolated.of('report.alreadySubmitted')
      if (report.course.completed) return { outcome: 'completed', repeated: true }
      await this.drafting.prefill(tx, report)
      const { json, findings } = await this.composing.of(report, tx)
      if (!json)
        return { outcome: 'refused', findings: findings.filter(({ severity }) => severity !== 'hint') }
      await addEvents(tx, report.record.id, [
        { kind: 'completed', version: null, at: this.clock.now(), by: by.personId },
      ])
      await this.record(tx, by, report, 'report.completed', { sha256: sha256Hex(json) })
      await this.notices.completed(tx, report, by)
      return { outcome: 'completed', repeated: false }
    })
  }

  /**
   * Signs what was read, by its fingerprint, and so submits it as the next version, which nobody can change. A
   * repeat leads to the same version.
   * @throws RuleViolated `report.notCompleted`, `report.fourEyes`, `report.changedMeanwhile`;
   *   ForbiddenException for others than its treasurer, NotFoundException
   */
  async sign(
    by: Visitor,
    address: ReportAddress,
    sha256: string,
  ): Promise<{ version: number; repeated: boolean }> {
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => treasurerOnly(by, found))
      const { latest, course } = report
      if (latest?.sha256 === sha256 && openSections(course).length === 0)
        return { version: latest.number, repeated: true }
      if (!course.completed) throw RuleViolated.of('report.notCompleted')
      if (course.completed.by.id === by.personId) throw RuleViolated.of('report.fourEyes')
      const { json } = await this.composing.of(report, tx)
      if (!json || sha256Hex(json) !== sha256) throw RuleViolated.of('report.changedMeanwhile')
      return { version: await this.addVersion(tx, by, report, json), repeated: false }
    })
  }

  /**
   * Takes back a version as long as nobody gave a verdict on it. The version stays, marked withdrawn; the draft is
   * open again. A repeat changes nothing.
   * @throws RuleViolated `report.reasonMissing`, `report.reviewBegun`; ForbiddenException, NotFoundException
   */
  async withdraw(by: Visitor, address: ReportAddress, number: number, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => {
        treasurerOnly(by, found)
        if (!found.record?.versions.some((one) => one.number === number)) throw new NotFoundException()
      })
      const { live, withdrawn } = report.course
      if (withdrawn.includes(number)) return
      if (live?.number !== number || live.reviewBegun) throw RuleViolated.of('report.reviewBegun')
      const text = reason.trim()
      if (text === '') throw RuleViolated.of('report.reasonMissing', undefined, 'reden')
      const at = this.clock.now()
      await addEvents(tx, report.record.id, [
        { kind: 'withdrawn', version: number, text, at, by: by.personId },
      ])
      await this.record(tx, by, report, 'report.withdrawn', { version: number, reason: text })
      await this.notices.withdrawn(tx, report, report.latest!, text, by)
    })
  }

  private async addVersion(tx: Tx, by: Visitor, report: LockedReport, content: string): Promise<number> {
    const number = (report.record.versions[0]?.number ?? 0) + 1
    const at = this.clock.now()
    const version = {
      ...{ id: this.ids.next(), reportId: report.record.id, number, content },
      ...{ sha256: sha256Hex(content), submittedAt: at, submittedBy: by.personId },
    }
    await tx.getRepository(ReportVersionRow).insert(version)
    const before = report.latest && (JSON.parse(report.latest.content) as ReportContent)
    const changed = changedSections(before, JSON.parse(content) as ReportContent)
    await addEvents(tx, report.record.id, [
      { kind: 'submitted', version: number, sections: changed, at, by: by.personId },
      ...answersOf(report, number, at),
    ])
    await removeFields(tx, report.record.id, sections.map(answerField))
    await this.record(tx, by, report, 'report.submitted', { version: number, sha256: version.sha256 })
    await this.notices.submitted(tx, report, version, by)
    return number
  }

  private async record(
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

/** @throws ForbiddenException unless this is the treasurer of the counterparty */
function treasurerOnly(by: Visitor, { agreement }: Report): void {
  if (!by.hasFor('treasurer', agreement.counterparty.id)) throw new ForbiddenException()
}

/** The answers that were typed to questions go along, in the name of who wrote them. */
function answersOf({ record }: LockedReport, version: number, at: Date): NewEvent[] {
  return sections.flatMap((section) => {
    const answer = record.fields.get(answerField(section))
    if (!answer?.by || answer.text.trim() === '') return []
    const text = answer.text.trim()
    return [{ kind: 'answered' as const, version, sections: [section], text, at, by: answer.by.id }]
  })
}
