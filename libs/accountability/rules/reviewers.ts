import type { Course } from './course.js'
import { type Section, sections } from './report-template.js'

/** Who judges a section: the controller the money, the serviceteam what was done with it. */
export const reviewerOf: Readonly<Record<Section, 'serviceTeam' | 'controller'>> = {
  story: 'serviceTeam',
  money: 'controller',
  indicators: 'serviceTeam',
  means: 'controller',
  people: 'serviceTeam',
  risks: 'serviceTeam',
}

interface Reviewer {
  personId: string
  has(role: 'serviceTeam' | 'controller' | 'contractor'): boolean
  hasFor(role: 'treasurer' | 'coordinator', scopeId: string): boolean
}

/**
 * Nobody reviews an own report: not who completed or signed a version of it, not who acts for the counterparty, and
 * never the contractor where the contractor executes.
 */
export function isOwnReport(
  reviewer: Reviewer,
  { authors }: Pick<Course, 'authors'>,
  counterparty: { id: string; kind: string },
): boolean {
  return (
    authors.includes(reviewer.personId) ||
    reviewer.hasFor('treasurer', counterparty.id) ||
    reviewer.hasFor('coordinator', counterparty.id) ||
    (counterparty.kind === 'contractor' && reviewer.has('contractor'))
  )
}

/** The sections that wait for a verdict of this person; none of an own report. */
export function sectionsToReview(
  reviewer: Reviewer,
  course: Course,
  counterparty: { id: string; kind: string },
): Section[] {
  if (!course.live || isOwnReport(reviewer, course, counterparty)) return []
  return sections.filter(
    (section) => course.sections[section].standing === 'waiting' && reviewer.has(reviewerOf[section]),
  )
}
