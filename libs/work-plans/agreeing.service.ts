import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Files } from '#files'
import { canonicalJson, type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Upload, type Visitor } from '#platform'
import { PlanNotices } from './plan-notices.js'
import { checkAnswering, checkRecording, type PlanAnswer } from './rules/course.js'
import type { Goal } from './rules/goals.js'
import { insertAnswer, insertVersion, lockPlan } from './store/plan.store.js'
import { type WorkPlan, WorkPlans } from './work-plans.service.js'

/** PDF, at most 10 MB: what was signed with the gemeente. */
export const PLAN_FILE = { kinds: ['pdf'] as const, maxBytes: 10_000_000 }

/** What the director says was agreed. */
export interface Agreed {
  /** The fingerprint of the goals that were on the screen. */
  sha256: string
  on: Day
  reason: string
  file: Upload
}

/** Recording that a plan was agreed with the gemeente, which confirms it itself. Both are kept for ever. */
@Injectable()
export class PlanAgreeing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(PlanNotices) private readonly notices: PlanNotices,
    @Inject(WorkPlans) private readonly plans: WorkPlans,
  ) {}

  /**
   * Records the goals as they are written now as agreed; from here on this version does not change. The same again
   * while it waits or after it was confirmed is refused as unchanged.
   * @throws NotFoundException, RuleViolated `workPlan.otherText`, of {@link checkRecording}, and what is wrong with the
   * file
   */
  async record(year: number, agreed: Agreed, director: Visitor): Promise<void> {
    await this.alone(year, async (tx, plan) => {
      const { content, sha256 } = planText(year, plan.draft)
      if (agreed.sha256 !== sha256) throw RuleViolated.of('workPlan.otherText')
      const reason = agreed.reason.trim()
      const given = { goals: plan.draft.length, sha256, agreedOn: agreed.on, reason }
      RuleViolated.throwIfAny(checkRecording(plan.versions, given, this.clock.today()))
      const file = await this.files.keep(tx, agreed.file, PLAN_FILE, director.personId)
      const version = plan.versions.length + 1
      await insertVersion(tx, {
        ...{ id: this.ids.next(), year, version, content, sha256, fileId: file.id },
        ...{ reason: version === 1 ? '' : reason, agreedOn: agreed.on },
        ...{ recordedAt: this.clock.now(), recordedBy: director.personId },
      })
      await this.notices.askMunicipality(tx, { year, version, sha256 })
      await this.log(tx, director, 'workPlan.recorded', year, { version, sha256, on: agreed.on })
    })
  }

  /**
   * The gemeente says whether the version on the screen is what was agreed. The same answer of the same person again
   * changes nothing.
   * @throws NotFoundException, RuleViolated of {@link checkAnswering}
   */
  async answer(
    year: number,
    { sha256, answer, note }: { sha256: string; answer: PlanAnswer; note: string },
    visitor: Visitor,
  ): Promise<void> {
    await this.alone(year, async (tx, { versions, latest }) => {
      const { personId, name } = visitor
      const given = latest?.sha256 === sha256 ? latest.given : null
      if (given?.answeredBy === personId && given.answer === answer) return
      const said = { sha256, answer, note: note.trim(), personId }
      RuleViolated.throwIfAny(checkAnswering(versions, said))
      const { id, version } = latest!
      await insertAnswer(tx, {
        ...{ versionId: id, sha256, answer, note: said.note, name },
        ...{ answeredAt: this.clock.now(), answeredBy: personId },
      })
      await this.notices.tellAnswer(tx, { year, version, sha256, answer, note: said.note, by: name })
      await this.log(tx, visitor, `workPlan.${answer}`, year, { version, sha256 })
    })
  }

  private async alone(year: number, work: (tx: Tx, plan: WorkPlan) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockPlan(tx, year)
      const plan = await this.plans.of(year, tx)
      if (!plan) throw new NotFoundException()
      await work(tx, plan)
    })
  }

  private log(tx: Tx, { personId }: Visitor, action: string, year: number, details: Record<string, unknown>) {
    const subject = { kind: 'workPlan', id: String(year) }
    return this.audit.record(tx, { actorId: personId, action, subject, details })
  }
}

/** What is agreed on: the canonical text of the goals of a year, and its SHA-256. */
export function planText(year: number, goals: readonly Goal[]): { content: string; sha256: string } {
  const content = canonicalJson({ year, goals })
  return { content, sha256: sha256Hex(content) }
}
