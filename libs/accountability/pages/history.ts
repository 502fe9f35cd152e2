import { type Language, moment } from '#platform'
import type { Report } from '../reports.service.js'
import type { ReportRelation } from '../rules/access.js'
import type { ReportEvent } from '../rules/course.js'
import { shortHash } from './content-model.js'
import { pathOf, sectionNames, type Text } from './report-words.js'

const TONE: Partial<Record<ReportEvent['kind'], 'good' | 'warn'>> = {
  approved: 'good',
  closed: 'good',
  returned: 'warn',
  reopened: 'warn',
  withdrawn: 'warn',
}

/** Everything that happened, the newest first; verdicts that were given together are told together. */
export function historyOf(text: Text, lang: Language, report: Report, relation: ReportRelation) {
  const told = (report.record?.events ?? []).filter(({ kind }) =>
    relation === 'reader' ? kind !== 'completed' && kind !== 'changed' : kind !== 'changed',
  )
  return together(told)
    .map((event) => shownEvent(text, lang, report, event))
    .reverse()
}

function together(events: readonly ReportEvent[]): ReportEvent[] {
  const merged: ReportEvent[] = []
  for (const event of events) {
    const last = merged.at(-1)
    const same =
      last &&
      (last.kind === 'approved' || last.kind === 'returned') &&
      [last.kind, last.version, last.text, last.by.id, last.at.getTime()].join() ===
        [event.kind, event.version, event.text, event.by.id, event.at.getTime()].join()
    if (same) merged[merged.length - 1] = { ...last, sections: [...last.sections, ...event.sections] }
    else merged.push(event)
  }
  return merged
}

function shownEvent(text: Text, lang: Language, report: Report, event: ReportEvent) {
  const { kind, version, sections, by, at } = event
  const submitted = kind === 'submitted' && report.record!.versions.find(({ number }) => number === version)
  return {
    at: at.toISOString(),
    when: moment(lang, at),
    tone: TONE[kind],
    heading: text(`history.${kind}`, {
      name: by.name,
      number: version ?? 0,
      sections: kind === 'submitted' ? '' : sectionNames(text, lang, sections),
    }),
    said: kind === 'answered' || kind === 'submitted' ? '' : event.text,
    hash: submitted ? text('history.hash', { hash: shortHash(submitted.sha256) }) : '',
    href: submitted ? `${pathOf(report)}/versies/${version}` : null,
    linkLabel: submitted ? text('report.readVersion', { number: version }) : '',
  }
}
