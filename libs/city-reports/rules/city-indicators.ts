import { compareExact, type Exact, exactDecimal, weightedMean } from './exact.js'
import type { MeasureKind, StatedIndicator } from './stated-report.js'

/** What one wijk states of an indicator. */
export interface AreaMeasure {
  area: { slug: string; name: string }
  target: string
  /** Null: not given (yet), which is not zero. */
  value: string | null
  /** Whether the target of the year is reached already; null without a value. */
  reached: boolean | null
  /** The wijkbudget in cents: the weight of percentages and grades. */
  weight: bigint
}

/** A figure for several wijken together. */
export type CityFigure =
  /** Of counts: added up. */
  | { form: 'sum'; sum: bigint }
  /** Of unique people: who is active in two wijken would be counted twice, so no sum is given. */
  | { form: 'between'; least: bigint; most: bigint }
  /** Of "n of m": both added up. */
  | { form: 'part'; n: bigint; m: bigint }
  /** Of yes and no: how many wijken say yes. */
  | { form: 'yes'; n: bigint; m: bigint }
  /** Of percentages and grades: the mean by wijkbudget. */
  | { form: 'mean'; mean: Exact }

/** One indicator over all wijken that have it in their agreement. */
export interface CityIndicator {
  id: string
  label: string
  kind: MeasureKind
  unit: string
  better: 'higher' | 'lower'
  areas: AreaMeasure[]
  /** Over the wijken that gave a value, both; null when none did. */
  target: CityFigure | null
  value: CityFigure | null
  /** How many wijken gave a value, and how many of those reached their own target. */
  given: number
  reached: number
}

type Stated = { area: AreaMeasure['area']; weight: bigint; indicators: readonly StatedIndicator[] }

/**
 * Puts the indicators of several wijken together. They are the same one when id, kind, unit and direction are; anything
 * else stays apart. What a wijk did not give is left out of both the target and the value.
 */
export function cityIndicators(reports: readonly Stated[]): CityIndicator[] {
  const found = new Map<string, CityIndicator>()
  for (const { area, weight, indicators } of reports) {
    for (const stated of indicators) {
      const key = JSON.stringify([stated.id, stated.kind, stated.unit, stated.better])
      const one = found.get(key) ?? begun(stated)
      one.areas.push({ area, weight, target: stated.target, value: stated.value, reached: isReached(stated) })
      found.set(key, one)
    }
  }
  return [...found.values()].map(figured)
}

function begun({ id, label, kind, unit, better }: StatedIndicator): CityIndicator {
  return { id, label, kind, unit, better, areas: [], target: null, value: null, given: 0, reached: 0 }
}

function figured(indicator: CityIndicator): CityIndicator {
  const given = indicator.areas.filter(({ value }) => value !== null)
  const figure = (of: (measure: AreaMeasure) => string) =>
    cityFigure(
      indicator.kind,
      given.map((measure) => ({ value: of(measure), weight: measure.weight })),
    )
  return {
    ...indicator,
    target: figure(({ target }) => target),
    value: figure(({ value }) => value!),
    given: given.length,
    reached: given.filter(({ reached }) => reached).length,
  }
}

/** One figure of several values of a kind; null without values. */
export function cityFigure(
  kind: MeasureKind,
  values: readonly { value: string; weight: bigint }[],
): CityFigure | null {
  if (values.length === 0) return null
  switch (kind) {
    case 'count':
      return { form: 'sum', sum: sum(values.map(({ value }) => BigInt(value))) }
    case 'unique':
      return between(values.map(({ value }) => BigInt(value)))
    case 'nOfM': {
      const parts = values.map(({ value }) => value.split('/').map(BigInt))
      return { form: 'part', n: sum(parts.map(([n]) => n!)), m: sum(parts.map(([, m]) => m!)) }
    }
    case 'yesNo': {
      const yes = values.filter(({ value }) => value === 'yes')
      return { form: 'yes', n: BigInt(yes.length), m: BigInt(values.length) }
    }
    case 'percentage':
    case 'grade': {
      const mean = weightedMean(values.map(({ value, weight }) => ({ ...exactDecimal(value), weight })))
      return { form: 'mean', mean: mean! }
    }
  }
}

/** Everybody may be in the largest wijk's number; at most nobody is in two. */
function between(values: readonly bigint[]): CityFigure {
  const least = values.toSorted((a, b) => (a < b ? -1 : 1)).at(-1)!
  return { form: 'between', least, most: sum(values) }
}

function isReached({ kind, target, value, better }: StatedIndicator): boolean | null {
  if (value === null) return null
  const difference = compareExact(asExact(kind, value), asExact(kind, target))
  return better === 'lower' ? difference <= 0 : difference >= 0
}

function asExact(kind: MeasureKind, value: string): Exact {
  if (kind === 'yesNo') return { num: value === 'yes' ? 1n : 0n, den: 1n }
  if (kind !== 'nOfM') return exactDecimal(value)
  const [n = '0', m = '1'] = value.split('/')
  return { num: BigInt(n), den: BigInt(m) }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
