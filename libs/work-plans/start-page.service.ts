import { Inject, Injectable } from '@nestjs/common'
import { Clock, type Happening, type Task, type Visitor } from '#platform'
import { PlanJudging } from './judging.service.js'
import { judgementPath } from './plan-notices.js'
import { checkJudge } from './rules/judging.js'
import { endOf, type JudgedGoal, type WorkPlan, WorkPlans } from './work-plans.service.js'

/** What the plan asks of the gemeente, the kascommissie, the director and the serviceteam. */
@Injectable()
export class WorkPlanStartPage {
  constructor(
    @Inject(WorkPlans) private readonly plans: WorkPlans,
    @Inject(PlanJudging) private readonly judging: PlanJudging,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('municipality', 'auditCommittee', 'director', 'serviceTeam')) return []
    const tasks: Task[] = []
    for (const plan of await this.plans.all()) {
      tasks.push(...confirming(visitor, plan), ...this.proposing(visitor, plan))
      const toJudge = judging(plan)
      if (toJudge.length > 0 && checkJudge(await this.judging.judge(plan.year, visitor)).length === 0)
        tasks.push(...toJudge)
    }
    return tasks
  }

  /** The plans that were confirmed, for everyone who works with them. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('delegate', 'director', 'teamLead', 'serviceTeam', 'chair', 'municipality')) return []
    const happenings: Happening[] = []
    for (const { year, agreed } of await this.plans.all()) {
      const given = agreed?.given
      if (!given) continue
      const about = { values: { year: String(year) }, href: `/werkplan/${year}` }
      happenings.push({ key: 'work-plans.happenings.agreed', ...about, at: given.answeredAt })
    }
    return happenings
  }

  /** One task for all goals of a year that have no judgement yet, or a disputed one. */
  private proposing(visitor: Visitor, plan: WorkPlan): Task[] {
    if (!visitor.has('serviceTeam') || this.clock.today() <= endOf(plan.year)) return []
    const open = plan.goals.filter(({ state }) => state === 'none' || state === 'disputed')
    if (open.length === 0) return []
    const values = { year: String(plan.year), count: String(open.length) }
    return [task('propose', values, `/werkplan/${plan.year}`)]
  }
}

function confirming(visitor: Visitor, { year, state }: WorkPlan): Task[] {
  if (state !== 'waiting' || !visitor.has('municipality')) return []
  return [task('confirm', { year: String(year) }, `/werkplan/${year}`)]
}

function judging({ year, goals }: WorkPlan): Task[] {
  const waiting: JudgedGoal[] = goals.filter(({ state }) => state === 'proposed')
  return waiting.map(({ id, text }) =>
    task('judge', { year: String(year), goal: text }, judgementPath(year, id)),
  )
}

function task(key: string, values: Record<string, string>, href: string): Task {
  return { key: `work-plans.tasks.${key}`, values, href, dueOn: null, openNow: false }
}
