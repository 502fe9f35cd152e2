import { centsToJson } from '#kernel'
import type { CityFigure, CityIndicator } from './city-indicators.js'
import { roundedText } from './exact.js'
import type { Movement } from './movement.js'
import { type AreaPart, ownMeansAgreed, type RollUp } from './roll-up.js'
import type { Amounts, MeasureKind, Standing } from './stated-report.js'

/** Amounts as strings of cents. */
export type AmountsJson = Record<keyof Amounts, string>

/** A city figure as it is stored; a mean is exact, `59/1`. */
export type FigureJson =
  | { form: 'sum'; sum: string }
  | { form: 'between'; least: string; most: string }
  | { form: 'part' | 'yes'; n: string; m: string }
  | { form: 'mean'; num: string; den: string }

/** One wijk in the report; `stated` is null when its report is missing. */
export interface AreaJson {
  slug: string
  name: string
  counterparty: string
  district: { slug: string; name: string } | null
  wijkbudgetCents: string
  standing: Standing
  stated:
    | (AmountsJson & {
        version: number
        sha256: string
        /** Spent in the quarter itself; null when it can't be said. */
        quarterCents: string | null
        story: { wentWell: string; wentLess: string; why: string }
        risks: string
        advancesCents: string
        ownMeansCents: string
        ownMeansAgreedCents: string
        socialReturnCents: string
        fte: string
        volunteers: string
      })
    | null
}

export interface IndicatorJson {
  id: string
  label: string
  kind: MeasureKind
  unit: string
  better: 'higher' | 'lower'
  target: FigureJson | null
  value: FigureJson | null
  given: number
  reached: number
  areas: { slug: string; name: string; target: string; value: string | null; reached: boolean | null }[]
}

/** The roll-up of one quarter with nothing left out, in texts and whole numbers: to show, to print, to sign for. */
export interface CityFigures {
  quarter: string
  areas: AreaJson[]
  lines: (AmountsJson & { id: string; label: string })[]
  total: AmountsJson
  /** Spent in the quarter itself, by the wijken of which that is known. */
  quarterCents: string
  quarterUnknown: number
  indicators: IndicatorJson[]
  means: Record<'advancesCents' | 'ownMeansCents' | 'ownMeansAgreedCents' | 'socialReturnCents', string>
  people: { fte: string; volunteers: string }
  missingBudgetCents: string
  counts: RollUp['counts']
}

/** Writes a roll-up down. Equal roll-ups give equal figures. */
export function cityFigures(quarter: string, all: RollUp, movement: Movement): CityFigures {
  const { advancesCents, ownMeansCents, ownMeansAgreedCents, socialReturnCents } = all.means
  return {
    quarter,
    areas: all.parts.map((part) => areaJson(part, movement)),
    lines: all.lines.map(({ id, labels, ...amounts }) => ({
      id,
      label: labels.join(' / '),
      ...amountsJson(amounts),
    })),
    total: amountsJson(all.total),
    quarterCents: centsToJson(movement.cents),
    quarterUnknown: movement.unknown,
    indicators: all.indicators.map(indicatorJson),
    means: {
      advancesCents: centsToJson(advancesCents),
      ownMeansCents: centsToJson(ownMeansCents),
      ownMeansAgreedCents: centsToJson(ownMeansAgreedCents),
      socialReturnCents: centsToJson(socialReturnCents),
    },
    people: {
      fte: roundedText({ num: all.people.fteHundredths, den: 100n }, 2),
      volunteers: all.people.volunteers.toString(),
    },
    missingBudgetCents: centsToJson(all.missingBudgetCents),
    counts: all.counts,
  }
}

function areaJson(part: AreaPart, movement: Movement): AreaJson {
  const { area, counterparty, district, wijkbudgetCents, standing, given } = part
  const spent = movement.byAgreement.get(part.agreementId) ?? null
  return {
    ...area,
    counterparty,
    district,
    wijkbudgetCents: centsToJson(wijkbudgetCents),
    standing,
    stated: given && {
      version: given.version,
      sha256: given.sha256,
      ...amountsJson(given.total),
      quarterCents: spent === null ? null : centsToJson(spent),
      story: given.stated.narrative,
      risks: given.stated.risks,
      ...given.stated.means,
      ownMeansAgreedCents: centsToJson(ownMeansAgreed(part)),
      ...given.stated.people,
    },
  }
}

function indicatorJson(indicator: CityIndicator): IndicatorJson {
  const { areas, target, value, ...rest } = indicator
  return {
    ...rest,
    target: target && figureJson(target),
    value: value && figureJson(value),
    areas: areas.map(({ area, target, value, reached }) => ({ ...area, target, value, reached })),
  }
}

function figureJson(figure: CityFigure): FigureJson {
  switch (figure.form) {
    case 'sum':
      return { form: 'sum', sum: `${figure.sum}` }
    case 'between':
      return { form: 'between', least: `${figure.least}`, most: `${figure.most}` }
    case 'part':
    case 'yes':
      return { form: figure.form, n: `${figure.n}`, m: `${figure.m}` }
    case 'mean':
      return { form: 'mean', num: `${figure.mean.num}`, den: `${figure.mean.den}` }
  }
}

function amountsJson({ budgetCents, actualCents, forecastCents }: Amounts): AmountsJson {
  return {
    budgetCents: centsToJson(budgetCents),
    actualCents: centsToJson(actualCents),
    forecastCents: centsToJson(forecastCents),
  }
}
