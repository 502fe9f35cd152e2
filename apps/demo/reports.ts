import type { PastStep, ReportsEntering, Section } from '#accountability'
import { Quarter } from '#kernel'
import type { Tx } from '#platform'
import type { DemoAgreement } from './agreements.js'
import { openDraft, type PastReport, pastReports } from './oost-reports.js'
import { contractorDraft } from './report-drafts.js'

/** An agreement that was entered, with the people who account for it and those who review. */
export interface ReportingArea {
  agreement: DemoAgreement
  treasurerId: string
  coordinatorId: string
  serviceTeamPersonId: string
  controllerId: string
}

type Fate = 'approved' | 'submitted' | 'returned' | 'late'

/** What became of the contractor's reports on the fourth quarter; the earlier ones were approved. */
const FOURTH_QUARTER: Record<string, Fate> = {
  'zuid-oost': 'approved',
  'zuidwest-binnenstad': 'submitted',
  'noordoost-overvecht': 'approved',
  'noordwest-west': 'returned',
  'leidsche-rijn': 'submitted',
  'vleuten-de-meern': 'late',
}
const RETURNED =
  'De activiteiten kostten meer dan begroot. Schrijf erbij hoe u dat binnen het wijkbudget opvangt, en of het volgend jaar weer zo gaat.'

/** Who judges what: the serviceteam what was done (its remark is about the story), the controller the money. */
const OF_SERVICE_TEAM: Section[] = ['indicators', 'people', 'risks']
const OF_CONTROLLER: Section[] = ['money', 'means']

/** A day earlier the coordinator said that it was ready. */
const COMPLETED_MS = 24 * 60 * 60 * 1000

/** The reports on 2019: the wijkcoöperatie's own, or those of the contractor in an administrative wijk. */
export async function loadReports(tx: Tx, entering: ReportsEntering, area: ReportingArea): Promise<void> {
  const { slug } = area.agreement
  if (slug === 'oost') {
    for (const report of pastReports) await load(tx, entering, area, report, 'approved')
    await entering.enter(tx, { area: slug, quarter: openDraft.quarter }, draftOf(area, openDraft))
    return
  }
  for (const number of [1, 2, 3, 4] as const) {
    const fate = number === 4 ? FOURTH_QUARTER[slug]! : 'approved'
    await load(tx, entering, area, contractorReport(slug, number), fate)
  }
}

/** Submitted in the third week after the quarter, reviewed a week later. */
function contractorReport(slug: string, number: 1 | 2 | 3 | 4): PastReport {
  const quarter = Quarter.parse(`2019-Q${number}`)
  const month = quarter.next().firstDay().slice(0, 7)
  return {
    quarter: quarter.toString(),
    draft: contractorDraft(slug, number),
    submittedAt: `${month}-21T15:30:00+01:00`,
    reviewedAt: `${month}-28T11:00:00+01:00`,
    remark: '',
  }
}

async function load(
  tx: Tx,
  entering: ReportsEntering,
  area: ReportingArea,
  report: PastReport,
  fate: Fate,
): Promise<void> {
  const address = { area: area.agreement.slug, quarter: report.quarter }
  const savedAt = new Date(Date.parse(report.submittedAt) - COMPLETED_MS).toISOString()
  const past = draftOf(area, { draft: report.draft, savedAt })
  await entering.enter(tx, address, { ...past, steps: stepsOf(area, report, fate, past.savedAt) })
}

function draftOf(
  { coordinatorId }: ReportingArea,
  { draft, savedAt }: Pick<PastReport, 'draft'> & { savedAt: string },
) {
  return { draft, savedBy: coordinatorId, savedAt: new Date(savedAt), steps: [] }
}

function stepsOf(
  { coordinatorId, treasurerId, serviceTeamPersonId, controllerId }: ReportingArea,
  { submittedAt, reviewedAt, remark }: PastReport,
  fate: Fate,
  completedAt: Date,
): PastStep[] {
  if (fate === 'late') return []
  const submitted: PastStep[] = [
    { kind: 'completed', by: coordinatorId, at: completedAt },
    { kind: 'submitted', by: treasurerId, at: new Date(submittedAt) },
  ]
  if (fate === 'submitted') return submitted
  const at = new Date(reviewedAt)
  const reviewed: PastStep[] = [
    ...submitted,
    { kind: 'approved', by: serviceTeamPersonId, at, sections: ['story'], text: remark },
    { kind: 'approved', by: serviceTeamPersonId, at, sections: OF_SERVICE_TEAM },
  ]
  return fate === 'returned'
    ? [
        ...reviewed,
        { kind: 'approved', by: controllerId, at, sections: ['means'] },
        { kind: 'returned', by: controllerId, at, sections: ['money'], text: RETURNED },
      ]
    : [
        ...reviewed,
        { kind: 'approved', by: controllerId, at, sections: OF_CONTROLLER },
        { kind: 'closed', by: controllerId, at },
      ]
}
