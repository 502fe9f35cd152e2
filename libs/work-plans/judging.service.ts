import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Files, type StoredFile } from '#files'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { PlanNotices } from './plan-notices.js'
import { checkAnswer, checkProposing, type Judge, type JudgeAnswer, type Verdict } from './rules/judging.js'
import { insertJudgement, insertJudgementAnswer, type StoredJudgement } from './store/judgement.store.js'
import { lockPlan } from './store/plan.store.js'
import { endOf, type JudgedGoal, type WorkPlan, WorkPlans } from './work-plans.service.js'

/** What can go with a judgement. */
export const EVIDENCE_FILE = { kinds: ['pdf', 'jpeg', 'png'] as const, maxBytes: 5_000_000 }
export const MOST_EVIDENCE_FILES = 5

export interface ProposedJudgement {
  verdict: Verdict
  evidence: string
  files: readonly Upload[]
}

/** Judging the goals of a year: proposed by who carried them out, answered by who does not gain by the payout. */
@Injectable()
export class PlanJudging {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(PlanNotices) private readonly notices: PlanNotices,
    @Inject(WorkPlans) private readonly plans: WorkPlans,
  ) {}

  /**
   * Proposes how far a goal was reached. The same of the same person again adds nothing while it waits.
   * @throws NotFoundException, RuleViolated of {@link checkProposing}, and what is wrong with a file
   */
  async propose(year: number, goalId: string, given: ProposedJudgement, visitor: Visitor): Promise<void> {
    await this.alone(year, goalId, async (tx, plan, goal) => {
      const evidence = given.evidence.trim()
      const waiting = goal.state === 'proposed' ? goal.judgements.at(-1)! : null
      if (waiting && (await this.isSame(tx, waiting, { ...given, evidence }, visitor))) return
      const known = { agreed: plan.agreed !== null, yearEnd: endOf(year), last: goal.last }
      RuleViolated.throwIfAny(checkProposing(known, evidence, this.clock.today()))
      const files: StoredFile[] = []
      for (const upload of given.files)
        files.push(await this.files.keep(tx, upload, EVIDENCE_FILE, visitor.personId))
      const number = await this.nextNumber(tx, year, goalId)
      await insertJudgement(
        tx,
        {
          ...{ id: this.ids.next(), year, goalId, number, versionId: plan.agreed!.id, evidence },
          ...{ verdict: given.verdict, name: visitor.name, proposedBy: visitor.personId },
          proposedAt: this.clock.now(),
        },
        files.map(({ id }) => id),
      )
      await this.notices.askJudges(tx, { year, goalId, number, text: goal.text })
      await this.log(tx, visitor, 'workPlan.judged', year, { goalId, number, verdict: given.verdict })
    })
  }

  /**
   * Confirms or disputes the judgement that was on the screen. The same answer of the same person again changes nothing.
   * @throws NotFoundException, RuleViolated of {@link checkAnswer}
   */
  async answer(
    year: number,
    goalId: string,
    number: number,
    said: { answer: JudgeAnswer; view: string },
    visitor: Visitor,
  ): Promise<void> {
    await this.alone(year, goalId, async (tx, _, { last, judgements, text }) => {
      const latest = judgements.at(-1)
      if (latest?.number !== number) throw new NotFoundException()
      const { personId, name } = visitor
      if (latest.given?.answeredBy === personId && latest.given.answer === said.answer) return
      const view = said.view.trim()
      const judge = await this.judge(year, visitor, tx)
      RuleViolated.throwIfAny(checkAnswer(last, judge, { ...said, view }))
      await insertJudgementAnswer(tx, {
        ...{ judgementId: latest.id, answer: said.answer, view, name },
        ...{ answeredAt: this.clock.now(), answeredBy: personId },
      })
      if (said.answer === 'disputed')
        await this.notices.tellDispute(tx, { year, goalId, number, text, view, by: name }, latest.proposedBy)
      await this.log(tx, visitor, `workPlan.judgement.${said.answer}`, year, { goalId, number })
    })
  }

  /** Who a person is as a judge of a year: what ties them to the payout of its risk margin. */
  async judge(year: number, visitor: Visitor, tx: Tx = this.database.read): Promise<Judge> {
    const own = new Set((['delegate', 'contact'] as const).flatMap((role) => visitor.scopesOf(role)))
    // A pledge runs on once it is made: who held one in the year holds it at its end.
    const holders = own.size > 0 ? await this.guarantees.holdersOn(endOf(year), tx) : []
    const gaining = holders.filter(({ memberId, pledgedCents }) => own.has(memberId) && pledgedCents > 0n)
    return {
      personId: visitor.personId,
      isJudge: visitor.has('municipality', 'auditCommittee'),
      carriesOut: visitor.has(
        ...(['director', 'teamLead', 'serviceTeam', 'contractor', 'treasurer', 'coordinator'] as const),
      ),
      gainsThrough: gaining.map(({ name }) => name),
    }
  }

  private async isSame(
    tx: Tx,
    waiting: StoredJudgement,
    { verdict, evidence, files }: ProposedJudgement,
    { personId }: Visitor,
  ): Promise<boolean> {
    const { proposedBy, fileIds } = waiting
    if (proposedBy !== personId || waiting.verdict !== verdict || waiting.evidence !== evidence) return false
    const kept = [...(await this.files.about(fileIds, tx)).values()].map(({ sha256 }) => sha256)
    return kept.length === files.length && files.every(({ content }) => kept.includes(sha256Bytes(content)))
  }

  /** Counts also what was judged of the goal as it read in an earlier version. */
  private async nextNumber(tx: Tx, year: number, goalId: string): Promise<number> {
    const [row] = await tx.query(
      'SELECT coalesce(max(number), 0) AS highest FROM work_plan_judgements WHERE year = $1 AND goal_id = $2',
      [year, goalId],
    )
    return Number(row.highest) + 1
  }

  private async alone(
    year: number,
    goalId: string,
    work: (tx: Tx, plan: WorkPlan, goal: JudgedGoal) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockPlan(tx, year)
      const plan = await this.plans.of(year, tx)
      const goal = plan?.goals.find(({ id }) => id === goalId)
      if (!plan || !goal) throw new NotFoundException()
      await work(tx, plan, goal)
    })
  }

  private log(tx: Tx, { personId }: Visitor, action: string, year: number, details: Record<string, unknown>) {
    const subject = { kind: 'workPlan', id: String(year) }
    return this.audit.record(tx, { actorId: personId, action, subject, details })
  }
}
