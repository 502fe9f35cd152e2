import { type Day, Quarter } from '#kernel'

/** What a report of the city cooperative is about: a quarter (`2019-Q3`, to the ALV) or a year (`2019`, the annual report). */
export interface Period {
  kind: 'quarter' | 'year'
  /** As in addresses and in the database. */
  name: string
  year: number
  /** The quarter whose figures it shows; amounts are year to date, so of a year that is the last one. */
  quarter: Quarter
}

/** Reads `2019-Q3` or `2019`; null when it is neither. */
export function readPeriod(text: string): Period | null {
  if (/^\d{4}-Q[1-4]$/.test(text)) return quarterPeriod(Quarter.parse(text))
  if (!/^\d{4}$/.test(text)) return null
  const year = Number(text)
  return { kind: 'year', name: text, year, quarter: Quarter.parse(`${text}-Q4`) }
}

export function quarterPeriod(quarter: Quarter): Period {
  return { kind: 'quarter', name: quarter.toString(), year: quarter.year, quarter }
}

/** The four quarters of a year. */
export function quartersOfYear(year: number): Quarter[] {
  const name = String(year).padStart(4, '0')
  return [1, 2, 3, 4].map((number) => Quarter.parse(`${name}-Q${number}`))
}

/** Whether the period is over: on its last day it is not. */
export function isOver({ quarter }: Period, today: Day): boolean {
  return quarter.lastDay() < today
}
