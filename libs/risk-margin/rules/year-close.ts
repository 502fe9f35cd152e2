import { type Cents, type Day, formatCents } from '#kernel'
import { lastDayOf } from './margin.js'

/** What has to be in order before the margin of a year is paid out, in the order of the checklist. */
export const closeItems = [
  ...(['quarters', 'books', 'accounts', 'discharge', 'review'] as const),
  ...(['workPlan', 'confirmation', 'calls'] as const),
] as const
export type CloseItem = (typeof closeItems)[number]

export const isCloseItem = (text: string): text is CloseItem =>
  (closeItems as readonly string[]).includes(text)

/** What the records of a year say, as far as closing it asks. */
export interface YearRecords {
  /** The reports on the quarters of this year, of every agreement that accounts for itself. */
  quarters: readonly { area: string; quarter: string; closed: boolean }[]
  /** The last day on which nothing is booked any more. */
  booksClosedThrough: Day | null
  /** The numbers of the ALV's decisions; adoption is not discharge (BW 2:58). */
  adopted: string | null
  discharged: string | null
  reviewed: { kind: 'auditor' | 'auditCommittee'; on: Day } | null
  plan: { agreed: boolean; goals: number; judged: number; met: number }
  /** Who confirmed the judgement as it reads now. */
  confirmed: { name: string; on: Day } | null
  openCalls: readonly { number: number; openCents: Cents }[]
  /** The ALV's decisions that waive an item. */
  waivers: ReadonlyMap<CloseItem, string>
}

/** One line of the checklist, with the reason in one sentence: a key of the catalogue and what fills it. */
export interface CheckedItem {
  item: CloseItem
  met: boolean
  why: { key: string; values: Record<string, string | number> }
  /** The number of the decision that waives it. */
  waivedBy: string | null
}

type Finding = [met: boolean, key: string, values?: Record<string, string | number>]

/** Judges every item of a year's close by its records. An item that is met needs no waiver. */
export function checkYearClose(year: number, records: YearRecords): CheckedItem[] {
  const findings: Record<CloseItem, Finding> = {
    quarters: quarters(records),
    books: books(year, records),
    accounts: decided(records.adopted),
    discharge: decided(records.discharged),
    review: records.reviewed
      ? [true, records.reviewed.kind, { day: records.reviewed.on }]
      : [false, 'missing'],
    workPlan: workPlan(records.plan),
    confirmation: records.confirmed
      ? [true, 'confirmed', { name: records.confirmed.name, day: records.confirmed.on }]
      : [false, allJudged(records.plan) ? 'missing' : 'tooEarly'],
    calls: calls(records),
  }
  return closeItems.map((item) => {
    const [met, key, values = {}] = findings[item]
    const waivedBy = met ? null : (records.waivers.get(item) ?? null)
    return { item, met, why: { key: `${item}.${key}`, values }, waivedBy }
  })
}

/** What stands in the way of a payout: not met, and not waived by the ALV. */
export function openItems(items: readonly CheckedItem[]): CloseItem[] {
  return items.filter(({ met, waivedBy }) => !met && waivedBy === null).map(({ item }) => item)
}

/** Whether there is a judgement to confirm: every goal of the agreed plan was judged. */
export function allJudged({ agreed, goals, judged }: YearRecords['plan']): boolean {
  return agreed && goals > 0 && judged === goals
}

const MOST_NAMED = 4

function quarters({ quarters: all }: YearRecords): Finding {
  if (all.length === 0) return [false, 'none']
  const open = all.filter(({ closed }) => !closed)
  if (open.length === 0) return [true, 'closed', { count: all.length }]
  const names = open.slice(0, MOST_NAMED).map(({ area, quarter }) => `${area} ${quarter}`)
  const more = open.length - names.length
  return [false, 'open', { open: open.length, count: all.length, names: names.join(', '), more }]
}

function books(year: number, { booksClosedThrough }: YearRecords): Finding {
  if (booksClosedThrough === null) return [false, 'none']
  const closed = booksClosedThrough >= lastDayOf(year)
  return [closed, closed ? 'closed' : 'open', { day: booksClosedThrough }]
}

function decided(number: string | null): Finding {
  return number ? [true, 'decided', { number }] : [false, 'missing']
}

function workPlan({ agreed, goals, judged, met }: YearRecords['plan']): Finding {
  if (!agreed || goals === 0) return [false, 'notAgreed']
  if (judged < goals) return [false, 'notJudged', { judged, goals }]
  return met === goals ? [true, 'met', { goals }] : [false, 'notMet', { met, goals }]
}

function calls({ openCalls }: YearRecords): Finding {
  if (openCalls.length === 0) return [true, 'none']
  const open = openCalls.reduce((sum, { openCents }) => sum + openCents, 0n)
  return [
    false,
    'open',
    { numbers: openCalls.map(({ number }) => number).join(', '), amount: formatCents(open) },
  ]
}
