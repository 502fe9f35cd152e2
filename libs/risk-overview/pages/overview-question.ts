import { type Cents, type Day, isDay, parseCents, RuleViolated, type Violation } from '#kernel'

/** The addresses of the page: `?jaar=2019&per=2019-12-31&verlies=50.000&zonder=52&zonder=3`. */
export type OverviewQuery = Record<string, unknown>

export interface OverviewQuestion {
  /** As typed; null is the latest year. */
  year: string | null
  /** Null is today. */
  day: Day | null
  /** Something was asked that is no day. */
  wrongDay: boolean
  /** What was typed as loss; null when nothing was asked. */
  typedLoss: string | null
  /** Null when nothing was asked, or what was typed is no amount. */
  lossCents: Cents | null
  /** What is the matter with the loss. */
  violation: Violation | null
  /** The numbers of the members that fall away. */
  without: number[]
}

/** Reads the address; a part that is repeated where that means nothing counts as absent. */
export function readQuestion({ jaar, per, verlies, zonder }: OverviewQuery): OverviewQuestion {
  const typedDay = text(per)
  return {
    year: text(jaar),
    day: typedDay && isDay(typedDay) ? typedDay : null,
    wrongDay: typedDay !== null && !isDay(typedDay),
    ...readLoss(text(verlies)),
    without: [zonder]
      .flat()
      .filter((one) => typeof one === 'string' && /^[1-9]\d{0,8}$/.test(one))
      .map(Number),
  }
}

function readLoss(typedLoss: string | null): Pick<OverviewQuestion, 'typedLoss' | 'lossCents' | 'violation'> {
  const refused = (code: string) => ({ typedLoss, lossCents: null, violation: { code, path: 'verlies' } })
  if (typedLoss === null) return { typedLoss, lossCents: null, violation: null }
  try {
    const lossCents = parseCents(typedLoss)
    return lossCents < 0n ? refused('riskOverview.negativeLoss') : { typedLoss, lossCents, violation: null }
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return refused('riskOverview.malformedLoss')
  }
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null
