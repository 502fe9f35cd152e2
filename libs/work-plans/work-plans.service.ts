import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import type { Day } from '#kernel'
import { Clock, Database, type Tx } from '#platform'
import { agreedVersion, type PlanState, planState, type RecordedVersion } from './rules/course.js'
import { type Goal, inOrder, saysTheSame } from './rules/goals.js'
import {
  type JudgementState,
  judgementState,
  type LastJudgement,
  summaryOf,
  type Verdict,
} from './rules/judging.js'
import { readJudgements, type StoredJudgement } from './store/judgement.store.js'
import { readDraft, readVersions, readYears, type StoredVersion } from './store/plan.store.js'

export type PlanVersion = StoredVersion & RecordedVersion

/** A goal that was agreed, with everything that was judged of it as it reads now. */
export interface JudgedGoal extends Goal {
  judgements: StoredJudgement[]
  last: LastJudgement | null
  state: JudgementState
}

/** The plan of one year. */
export interface WorkPlan {
  year: number
  /** As they are being written. */
  draft: Goal[]
  versions: PlanVersion[]
  latest: PlanVersion | null
  /** What holds. */
  agreed: PlanVersion | null
  /** The goals of the version that holds. */
  goals: JudgedGoal[]
  state: PlanState
}

/** Whether the agreements with the gemeente were met: the condition for paying out the risk margin. */
export interface PlanJudgement {
  /** Whether there is a plan that the gemeente confirmed. */
  agreed: boolean
  goals: {
    id: string
    area: string | null
    text: string
    /** Null until somebody who does not gain by it confirmed it. */
    verdict: Verdict | null
    /** Who confirmed, by name. */
    confirmedBy: string | null
  }[]
  allJudged: boolean
  metAll: boolean
}

/** Reading the yearly work plan with the gemeente. How it stands follows from what was recorded. */
@Injectable()
export class WorkPlans {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Areas) private readonly areas: Areas,
  ) {}

  /** The years with a plan or a division, and the next one, the latest first. */
  async years(tx: Tx = this.database.read): Promise<number[]> {
    const known = await readYears(tx)
    const next = Number(this.clock.today().slice(0, 4)) + 1
    return [...new Set([next, next - 1, ...known])].sort((a, b) => b - a)
  }

  /** Null for a year in which there is nothing to plan: before the first one, or after the next. */
  async of(year: number, tx: Tx = this.database.read): Promise<WorkPlan | null> {
    return (await this.years(tx)).includes(year) ? this.read(year, tx) : null
  }

  /** Every year that has something to plan, the latest first. */
  async all(tx: Tx = this.database.read): Promise<WorkPlan[]> {
    const plans: WorkPlan[] = []
    for (const year of await this.years(tx)) plans.push(await this.read(year, tx))
    return plans
  }

  /** What was judged of the goals of a year, by whom; nothing agreed when there is no plan. */
  async judgementOf(year: number, tx: Tx = this.database.read): Promise<PlanJudgement> {
    const { agreed, goals } = await this.read(year, tx)
    const judged = goals.map(({ id, area, text, state, judgements }) => {
      const last = state === 'confirmed' ? judgements.at(-1)! : null
      return { id, area, text, verdict: last?.verdict ?? null, confirmedBy: last?.given?.name ?? null }
    })
    return { agreed: agreed !== null, goals: judged, ...summaryOf(judged) }
  }

  private async read(year: number, tx: Tx): Promise<WorkPlan> {
    const areas = (await this.areas.accountingDistricts(tx)).map(({ slug }) => slug)
    const draft = inOrder(await readDraft(tx, year), areas)
    const versions = (await readVersions(tx, year)).map((version) => ({
      ...version,
      answer: version.given?.answer ?? null,
    }))
    const agreed = agreedVersion(versions)
    const judgements = agreed ? await readJudgements(tx, year) : []
    const goals = inOrder(agreed?.goals ?? [], areas).map((goal) => judgedGoal(goal, versions, judgements))
    const state = planState(versions, draft.length)
    return { year, draft, versions, latest: versions.at(-1) ?? null, agreed, goals, state }
  }
}

/** What was judged of a goal counts as long as the goal says the same as it did then. */
function judgedGoal(
  goal: Goal,
  versions: readonly PlanVersion[],
  all: readonly StoredJudgement[],
): JudgedGoal {
  const judgements = all.filter(({ goalId, versionId }) => {
    const version = versions.find(({ id }) => id === versionId)
    return goalId === goal.id && version?.goals.some((one) => saysTheSame(one, goal))
  })
  const found = judgements.at(-1)
  const last = found
    ? { verdict: found.verdict, proposedBy: found.proposedBy, answer: found.given?.answer ?? null }
    : null
  return { ...goal, judgements, last, state: judgementState(last) }
}

/** The last day of the year of a plan. */
export function endOf(year: number): Day {
  return `${year}-12-31`
}
