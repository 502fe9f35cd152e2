import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type AccountingDistrict, Areas } from '#areas'
import { type Day, isDay } from '#kernel'
import { type Language, Messages } from '#platform'
import type { PlanState } from '../rules/course.js'
import type { Goal } from '../rules/goals.js'
import type { JudgementState, Verdict } from '../rules/judging.js'
import { type JudgedGoal, type WorkPlan, WorkPlans } from '../work-plans.service.js'

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

export const VIEWS = 'libs/work-plans/pages/views'

const stateTones: Record<PlanState, Tone> = {
  ...{ empty: 'neutral', draft: 'neutral', waiting: 'warn', refused: 'bad', agreed: 'good' },
}
const judgementTones: Record<JudgementState, Tone> = {
  ...{ none: 'neutral', proposed: 'warn', disputed: 'bad', confirmed: 'good' },
}
const verdictTones: Record<Verdict, Tone> = { met: 'good', partly: 'warn', notMet: 'bad' }

/** What the pages of the plan have in common: finding the plan, and its words. */
@Injectable()
export class PlanWords {
  constructor(
    @Inject(WorkPlans) private readonly plans: WorkPlans,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Messages) readonly messages: Messages,
  ) {}

  /** @throws NotFoundException for what is no year with a plan */
  async find(typed: string): Promise<WorkPlan> {
    const plan = /^[12]\d{3}$/.test(typed) ? await this.plans.of(Number(typed)) : null
    if (!plan) throw new NotFoundException()
    return plan
  }

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `work-plans.${key}`, values)
  }

  state(lang: Language, { state }: WorkPlan): { label: string; tone: Tone } {
    return { label: this.say(lang, `state.${state}`), tone: stateTones[state] }
  }

  /** A confirmed verdict in its own colour; before that, where the judgement stands. */
  judgement(lang: Language, { state, last }: JudgedGoal): { value: string; tone: Tone } {
    if (state === 'confirmed' && last)
      return { value: this.say(lang, `verdict.${last.verdict}`), tone: verdictTones[last.verdict] }
    return { value: this.say(lang, `judgement.state.${state}`), tone: judgementTones[state] }
  }

  areasInOrder(): Promise<AccountingDistrict[]> {
    return this.areas.accountingDistricts()
  }

  /** Goals by area, the city first; areas without a goal are left out. */
  async grouped<G extends Goal>(
    lang: Language,
    goals: readonly G[],
  ): Promise<{ name: string; goals: G[] }[]> {
    const city = { slug: null, name: this.say(lang, 'city') }
    return [city, ...(await this.areasInOrder())]
      .map(({ slug, name }) => ({ name, goals: goals.filter(({ area }) => area === slug) }))
      .filter(({ goals: ofArea }) => ofArea.length > 0)
  }

  async areaName(lang: Language, area: string | null): Promise<string> {
    if (area === null) return this.say(lang, 'city')
    return (await this.areasInOrder()).find(({ slug }) => slug === area)?.name ?? area
  }

  /** How a goal is recognised, with the indicators that say something about it. */
  signs(lang: Language, { sign, indicators }: Goal): string {
    const shown = sign ? [this.say(lang, 'goal.shownBy', { sign })] : []
    const ids = indicators.join(', ')
    return [...shown, ...(ids ? [this.say(lang, 'goal.indicators', { ids })] : [])].join(' ')
  }
}

/** A day as a form gives it; null for what is none. */
export function dayOfForm(typed: string | undefined): Day | null {
  const day = (typed ?? '').trim()
  return isDay(day) ? day : null
}
