import type { Agreement } from '#agreements'
import type { Day } from '#kernel'
import { dayInDigits } from '#platform'
import type { ReportRelation } from '../rules/access.js'
import type { SectionStanding } from '../rules/course.js'
import type { QuarterStanding } from '../rules/standing.js'
import { draftIsOpen, type ReportStatus } from '../rules/status.js'
import { hasBegun, hasEnded } from '../rules/timing.js'
import { pathOf, quarterName, type wordsIn } from './report-words.js'

type Text = ReturnType<typeof wordsIn>

interface AreaStandings {
  agreement: Agreement
  quarters: QuarterStanding[]
  relation: ReportRelation
}

/** How a status looks: the word says it, the colour only helps. */
export const statusTone: Record<ReportStatus, 'good' | 'warn' | 'neutral'> = {
  empty: 'neutral',
  draft: 'neutral',
  completed: 'neutral',
  submitted: 'neutral',
  returned: 'warn',
  approved: 'good',
}

/** How the standing of a section looks. */
export const standingTone: Record<SectionStanding, 'good' | 'warn' | 'neutral'> = {
  open: 'neutral',
  waiting: 'neutral',
  approved: 'good',
  returned: 'warn',
  reopened: 'warn',
}

/** The quarters of one's own area that have begun, the latest first, each with what to do. */
export function ownArea(text: Text, { agreement, quarters }: AreaStandings, today: Day) {
  const begun = quarters.filter(({ quarter }) => hasBegun(quarter, today)).reverse()
  return {
    name: areaHeading(agreement),
    columns: [
      { label: text('column.quarter') },
      { label: text('column.status') },
      { label: text('column.dueOn'), kind: 'day' },
      { label: text('column.action') },
    ],
    rows: begun.map((standing) => {
      const { quarter, status, dueOn } = standing
      const path = pathOf({ agreement, quarter })
      const open = draftIsOpen(status)
      return [
        { value: quarterName(text, quarter), href: path },
        { value: text(`status.${status}`), tone: isLate(standing, today) ? 'bad' : statusTone[status] },
        { value: dueOn, note: isLate(standing, today) ? text('late') : '' },
        { value: text(open ? `action.${status}` : 'action.read'), href: open ? `${path}/invullen` : path },
      ]
    }),
  }
}

/** The wijkcoöperatie, and its area unless the name already says it. */
function areaHeading({ counterparty: { name }, areaName }: Agreement): string {
  return name.endsWith(areaName) ? name : `${name} – ${areaName}`
}

/** Every area in a row, the four quarters of a year in columns. */
export function allAreas(text: Text, standings: readonly AreaStandings[], year: number, today: Day) {
  const inYear = standings.filter(({ quarters }) => quarters.some(({ quarter }) => quarter.year === year))
  return {
    columns: [
      { label: text('column.area') },
      ...[1, 2, 3, 4].map((number) => ({ label: text('quarterShort', { number }) })),
    ],
    rows: inYear.map(({ agreement, quarters, relation }) => [
      { value: agreement.areaName, note: agreement.counterparty.name },
      ...[1, 2, 3, 4].map((number) => {
        const standing = quarters.find(({ quarter }) => quarter.year === year && quarter.number === number)
        return standing && hasBegun(standing.quarter, today)
          ? cell(text, agreement, standing, relation, today)
          : ''
      }),
    ]),
  }
}

function cell(
  text: Text,
  agreement: Agreement,
  standing: QuarterStanding,
  relation: ReportRelation,
  today: Day,
) {
  const { quarter, status, latest, dueOn } = standing
  const hidden = relation === 'reader' && latest === null
  const late = isLate(standing, today)
  const dutchDay = dayInDigits(dueOn)
  const due =
    hasEnded(quarter, today) && latest === null ? text(late ? 'lateSince' : 'dueBy', { day: dutchDay }) : ''
  return {
    value: text(`status.${hidden ? 'awaited' : status}`),
    href: hidden ? undefined : pathOf({ agreement, quarter }),
    note: due,
  }
}

/** Not submitted, and the last day has passed. */
function isLate({ status, latest, dueOn }: QuarterStanding, today: Day): boolean {
  return (
    (status === 'empty' || status === 'draft' || (status === 'completed' && latest === null)) && dueOn < today
  )
}
