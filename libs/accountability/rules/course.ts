import { type Section, sections } from './report-template.js'

/** What happens to a report, in the order in which it was recorded; nothing of it is ever taken away. */
export const reportEventKinds = [
  'completed',
  'changed',
  'submitted',
  'withdrawn',
  'approved',
  'returned',
  'answered',
  'closed',
  'reopened',
] as const
export type ReportEventKind = (typeof reportEventKinds)[number]

/**
 * One event. `sections`: those that a verdict, an answer or a reopening is about; of a submission those that differ
 * from the version before. `text`: the question, the answer, the reason or the remark.
 */
export interface ReportEvent {
  kind: ReportEventKind
  /** The version that it is about; null for what happens to a draft. */
  version: number | null
  sections: readonly Section[]
  text: string
  at: Date
  by: { id: string; name: string }
}

/** Where one section stands; in the first three it can be written. */
export type SectionStanding = 'open' | 'returned' | 'reopened' | 'waiting' | 'approved'

export interface SectionState {
  standing: SectionStanding
  /** The verdict or the reopening that it stands so by. */
  since: ReportEvent | null
}

/** Where a report stands, as it follows from its events. */
export interface Course {
  /** The coordinator said that the draft is ready, and nothing changed since. */
  completed: ReportEvent | null
  /** The version that is reviewed or was approved; null when there is none, or all were withdrawn. */
  live: { number: number; submitted: ReportEvent; reviewBegun: boolean } | null
  withdrawn: readonly number[]
  sections: Readonly<Record<Section, SectionState>>
  closed: ReportEvent | null
  /** Everybody who completed or signed a version: they don't review this report. */
  authors: readonly string[]
}

const every = (state: SectionState) =>
  Object.fromEntries(sections.map((section) => [section, state])) as Record<Section, SectionState>

const start: Course = {
  completed: null,
  live: null,
  withdrawn: [],
  sections: every({ standing: 'open', since: null }),
  closed: null,
  authors: [],
}

/** Folds the events of one report, oldest first. */
export function courseOf(events: readonly ReportEvent[]): Course {
  /** The course as it was before each version, for when that is withdrawn. */
  const before = new Map<number, Course>()
  let course = start
  for (const event of events) {
    if (event.kind === 'submitted') before.set(event.version!, course)
    course =
      event.kind === 'withdrawn'
        ? withdrawn(course, before.get(event.version!) ?? start, event)
        : after(course, event)
  }
  return course
}

function after(course: Course, event: ReportEvent): Course {
  switch (event.kind) {
    case 'completed':
      return { ...course, completed: event }
    case 'changed':
      return { ...course, completed: null }
    case 'submitted':
      return submitted(course, event)
    case 'approved':
    case 'returned':
      return {
        ...put(course, event, event.kind),
        live: course.live && { ...course.live, reviewBegun: true },
      }
    case 'reopened':
      return { ...put(course, event, 'reopened'), closed: null }
    case 'closed':
      return { ...course, closed: event }
    case 'answered':
    case 'withdrawn':
      return course
  }
}

/** What was approved and did not change keeps its approval; everything else waits for a verdict. */
function submitted(course: Course, event: ReportEvent): Course {
  const keeps = (section: Section) =>
    course.sections[section].standing === 'approved' && !event.sections.includes(section)
  const states = sections.map((section) => [
    section,
    keeps(section) ? course.sections[section] : { standing: 'waiting', since: null },
  ])
  const authors = [course.completed?.by.id, event.by.id].filter((id) => id !== undefined)
  return {
    ...course,
    completed: null,
    live: { number: event.version!, submitted: event, reviewBegun: false },
    sections: Object.fromEntries(states) as Record<Section, SectionState>,
    authors: [...new Set([...course.authors, ...authors])],
  }
}

/** As it stood before the version; that it existed stays known. */
function withdrawn(course: Course, before: Course, { version }: ReportEvent): Course {
  return {
    ...before,
    completed: null,
    withdrawn: [...course.withdrawn, version!],
    authors: course.authors,
  }
}

function put(course: Course, event: ReportEvent, standing: SectionStanding): Course {
  const changed = event.sections.map((section) => [section, { standing, since: event }])
  return { ...course, sections: { ...course.sections, ...Object.fromEntries(changed) } }
}

/** The sections that stand so, in the order of the form. */
export function sectionsThat(course: Course, ...standings: SectionStanding[]): Section[] {
  return sections.filter((section) => standings.includes(course.sections[section].standing))
}

/** The sections that can be written. */
export function openSections(course: Course): Section[] {
  return sectionsThat(course, 'open', 'returned', 'reopened')
}

/** Whether every section is approved: the quarter closes as soon as the one before it has. */
export function isWhollyApproved(course: Course): boolean {
  return course.live !== null && sectionsThat(course, 'approved').length === sections.length
}
