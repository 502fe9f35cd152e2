import { canonicalJson } from '#kernel'
import type { ReportContent } from './report-content.js'
import { narrativeParts, type Section, sections } from './report-template.js'

/** A text, an amount or a value that differs; an empty text where it was not there. */
export interface Difference {
  section: Section
  /** Which of the section: the part of the story, the id of the line or indicator, the name of the amount. */
  id: string
  /** What people call the line or indicator; the rest have names of their own in the language. */
  label: string | null
  what: string
  kind: 'text' | 'money' | 'value'
  before: string
  after: string
}

/** The part of a version that is reviewed by itself. */
function partOf(content: ReportContent, section: Section): unknown {
  switch (section) {
    case 'story':
      return content.narrative
    case 'money':
      return content.lines
    case 'indicators':
      return content.indicators
    case 'means':
      return content.means
    case 'people':
      return content.people
    case 'risks':
      return content.risks
  }
}

/** The sections in which a version differs from the one before; all of them when it is the first. */
export function changedSections(before: ReportContent | null, after: ReportContent): Section[] {
  if (!before) return [...sections]
  return sections.filter(
    (section) => canonicalJson(partOf(before, section)) !== canonicalJson(partOf(after, section)),
  )
}

/** Everything in which one version differs from another, in the order of the form. */
export function differencesBetween(before: ReportContent, after: ReportContent): Difference[] {
  const all = [
    ...narrativeParts.map((part) =>
      pair('story', part, null, 'text', 'text', before.narrative[part], after.narrative[part]),
    ),
    ...entries('money', before.lines, after.lines, {
      budgetCents: 'money',
      actualCents: 'money',
      forecastCents: 'money',
      explanation: 'text',
    }),
    ...entries('indicators', before.indicators, after.indicators, {
      target: 'value',
      value: 'value',
      explanation: 'text',
    }),
    ...(['advancesCents', 'ownMeansCents', 'socialReturnCents'] as const).map((what) =>
      pair('means', what, null, what, 'money', before.means[what], after.means[what]),
    ),
    ...(['ownMeansExplanation', 'socialReturnExplanation'] as const).map((what) =>
      pair('means', what, null, what, 'text', before.means[what], after.means[what]),
    ),
    ...(['fte', 'volunteers'] as const).map((what) =>
      pair('people', what, null, what, 'value', before.people[what], after.people[what]),
    ),
    pair('risks', 'risks', null, 'text', 'text', before.risks, after.risks),
  ]
  return all.filter((difference) => difference.before !== difference.after)
}

/** Files that a version has more, and fewer, than the one before. */
export function annexDifferences(before: ReportContent, after: ReportContent) {
  const without = (these: ReportContent, those: ReportContent) =>
    these.annexes.filter(({ id }) => !those.annexes.some((one) => one.id === id))
  return { added: without(after, before), removed: without(before, after) }
}

function pair(
  section: Section,
  id: string,
  label: string | null,
  what: string,
  kind: Difference['kind'],
  before: string | null | undefined,
  after: string | null | undefined,
): Difference {
  return { section, id, label, what, kind, before: before ?? '', after: after ?? '' }
}

type Entry = { id: string; label: string }

/** Lines and indicators are known by their ids; one may be new, or gone, when the agreement changed. */
function entries<T extends Entry>(
  section: Section,
  before: readonly T[],
  after: readonly T[],
  fields: Partial<Record<keyof T, Difference['kind']>>,
): Difference[] {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [was, is] = [before, after].map((list) => list.find((one) => one.id === id))
    const label = (is ?? was)!.label
    return Object.entries(fields).map(([what, kind]) =>
      pair(
        section,
        id,
        label,
        what,
        kind as Difference['kind'],
        was?.[what as keyof T] as string | null | undefined,
        is?.[what as keyof T] as string | null | undefined,
      ),
    )
  })
}
