import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Areas } from '#areas'
import { canonicalJson, RuleViolated } from '#kernel'
import { Audit, Clock, Database, sha256Hex, type Tx, type Visitor } from '#platform'
import { checkGoal, type Goal, nextGoalId, saysTheSame } from './rules/goals.js'
import { lockPlan, writeDraft } from './store/plan.store.js'
import { type WorkPlan, WorkPlans } from './work-plans.service.js'

/** What a goal says, without its id. */
export type GoalText = Omit<Goal, 'id'>

/** Writing the goals of a year, before they are recorded as agreed and afterwards for another version. */
@Injectable()
export class PlanWriting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(WorkPlans) private readonly plans: WorkPlans,
  ) {}

  /**
   * Adds a goal. The same under the same proposed id adds nothing.
   * @param proposedId the id that the form offered; another one is taken when somebody else used it meanwhile
   * @throws NotFoundException, RuleViolated of {@link checkGoal}
   */
  async add(year: number, proposedId: string, text: GoalText, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, plan) => {
      await this.check(tx, text)
      const known = [...plan.draft, ...plan.versions.flatMap(({ goals }) => goals)]
      if (plan.draft.some((goal) => saysTheSame(goal, { ...text, id: proposedId }))) return
      const id = nextGoalId(known.map((goal) => goal.id))
      await this.save(tx, plan, [...plan.draft, { id, ...text }], visitor, 'workPlan.goalAdded', id)
    })
  }

  /**
   * Changes a goal. The same text again changes nothing.
   * @param seen the fingerprint of the goal as it was on the screen
   * @throws NotFoundException, RuleViolated `goal.changedMeanwhile`, and of {@link checkGoal}
   */
  async change(year: number, id: string, seen: string, text: GoalText, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, plan) => {
      const before = plan.draft.find((goal) => goal.id === id)
      if (!before) throw new NotFoundException()
      await this.check(tx, text)
      const after = { id, ...text }
      if (saysTheSame(before, after)) return
      if (fingerprint(before) !== seen) throw RuleViolated.of('goal.changedMeanwhile')
      const goals = plan.draft.map((goal) => (goal.id === id ? after : goal))
      await this.save(tx, plan, goals, visitor, 'workPlan.goalChanged', id)
    })
  }

  /** Takes a goal out; one that is out already stays out. */
  async remove(year: number, id: string, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, plan) => {
      const goals = plan.draft.filter((goal) => goal.id !== id)
      if (goals.length === plan.draft.length) return
      await this.save(tx, plan, goals, visitor, 'workPlan.goalRemoved', id)
    })
  }

  private async check(tx: Tx, text: GoalText): Promise<void> {
    const areas = await this.areas.accountingDistricts(tx)
    RuleViolated.throwIfAny(
      checkGoal(
        text,
        areas.map(({ slug }) => slug),
      ),
    )
  }

  private async save(
    tx: Tx,
    { year }: WorkPlan,
    goals: readonly Goal[],
    { personId }: Visitor,
    action: string,
    goal: string,
  ): Promise<void> {
    await writeDraft(tx, year, goals, personId, this.clock.now())
    const subject = { kind: 'workPlan', id: String(year) }
    await this.audit.record(tx, { actorId: personId, action, subject, details: { goal } })
  }

  private async alone(year: number, work: (tx: Tx, plan: WorkPlan) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockPlan(tx, year)
      const plan = await this.plans.of(year, tx)
      if (!plan) throw new NotFoundException()
      await work(tx, plan)
    })
  }
}

/** Says whether a goal is still what somebody saw. */
export function fingerprint(goal: Goal): string {
  return sha256Hex(canonicalJson(goal)).slice(0, 16)
}
