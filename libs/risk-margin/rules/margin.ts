import { type Cents, type Day, Fraction } from '#kernel'

/**
 * The risk margin of a subsidy year (subsidy application 2018, 10.2: 2% of the subsidy awarded), rounded down
 * to a whole cent so that it is never more than the statutes allow.
 */
export function marginOf(awardedCents: Cents, rate: string): Cents {
  return Fraction.parse(rate).timesFloor(awardedCents)
}

/** What is left of the margin; never below 0. */
export function unspentOf(marginCents: Cents, spentCents: Cents): Cents {
  return marginCents > spentCents ? marginCents - spentCents : 0n
}

/** The first day of the year, on which the margin is set aside. */
export function firstDayOf(year: number): Day {
  return `${year}-01-01`
}

/** The last day of the year, on which the shares in the guarantee are read and after which it can be paid out. */
export function lastDayOf(year: number): Day {
  return `${year}-12-31`
}

/** Where the margin of a year stands; each stage has one next step. */
export type MarginStage = 'yearRunning' | 'nothingLeft' | 'toPropose' | 'toDecide' | 'toPay' | 'paid'

/**
 * @param live the proposal that was neither withdrawn nor rejected, with the ALV's decision if there is one
 */
export function stageOf(margin: {
  yearIsOver: boolean
  unspentCents: Cents
  paid: boolean
  live: { adopted: boolean } | null
}): MarginStage {
  if (margin.paid) return 'paid'
  if (!margin.yearIsOver) return 'yearRunning'
  if (margin.live) return margin.live.adopted ? 'toPay' : 'toDecide'
  return margin.unspentCents > 0n ? 'toPropose' : 'nothingLeft'
}

export const steps = ['yearOver', 'proposal', 'decision', 'payout'] as const
export type Step = (typeof steps)[number]

const STEPS_DONE: Record<MarginStage, number> = {
  yearRunning: 0,
  toPropose: 1,
  nothingLeft: 1,
  toDecide: 2,
  toPay: 3,
  paid: 4,
}

/** The four steps of the payout, each done, to be done now, or later. */
export function stepsAt(stage: MarginStage): { step: Step; state: 'done' | 'now' | 'later' }[] {
  const done = STEPS_DONE[stage]
  const next = stage === 'nothingLeft' ? -1 : done
  return steps.map((step, at) => ({ step, state: at < done ? 'done' : at === next ? 'now' : 'later' }))
}
