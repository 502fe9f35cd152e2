import type { Day, Quarter } from '#kernel'
import { type Course, isWhollyApproved, openSections, sectionsThat } from './course.js'
import type { Section } from './report-template.js'
import type { ReportStatus } from './status.js'

/** One cell of the overview: a quarter of an agreement and where its report stands. */
export interface QuarterStanding {
  quarter: Quarter
  dueOn: Day
  status: ReportStatus
  /** The version that counts; `reviewedAt` is its last verdict. */
  latest: { number: number; submittedAt: Date; submittedById: string; reviewedAt: Date | null } | null
  /** Who said that the draft is ready to be signed; nobody when it changed since. */
  completed: { at: Date; byId: string } | null
  /** When a section came back that is still open; the earliest of them. */
  returnedAt: Date | null
  /** When the quarter closed. */
  approvedAt: Date | null
  /** Sections that wait for a verdict. */
  waiting: readonly Section[]
  /** Everything is approved, but the quarter before is not closed yet. */
  waitsForPrevious: boolean
  /** Those who completed or signed a version. */
  authors: readonly string[]
}

/** @param report null while nobody began it */
export function standingOf(
  quarter: Quarter,
  dueOn: Day,
  report: { status: ReportStatus; course: Course } | null,
): QuarterStanding {
  const course = report?.course
  return {
    quarter,
    dueOn,
    status: report?.status ?? 'empty',
    latest: course?.live ? latestOf(course, course.live) : null,
    completed: course?.completed ? { at: course.completed.at, byId: course.completed.by.id } : null,
    returnedAt: course ? earliest(openSections(course).map((one) => course.sections[one].since?.at)) : null,
    approvedAt: course?.closed?.at ?? null,
    waiting: course ? sectionsThat(course, 'waiting') : [],
    waitsForPrevious: course !== undefined && isWhollyApproved(course) && !course.closed,
    authors: course?.authors ?? [],
  }
}

function latestOf(course: Course, { number, submitted }: NonNullable<Course['live']>) {
  const verdicts = Object.values(course.sections).flatMap(({ since }) => (since ? [since.at] : []))
  return {
    number,
    submittedAt: submitted.at,
    submittedById: submitted.by.id,
    reviewedAt: verdicts.reduce<Date | null>((last, at) => (last && last > at ? last : at), null),
  }
}

function earliest(instants: readonly (Date | undefined)[]): Date | null {
  return instants.reduce<Date | null>((first, at) => (at && (!first || at < first) ? at : first), null)
}
