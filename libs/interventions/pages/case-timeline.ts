import type { StoredFile } from '#files'
import { type Language, longDay } from '#platform'
import type { Words } from '../case-words.js'
import type { KnownCase, KnownEvent } from '../interventions.service.js'
import type { Moment } from '../rules/standing.js'
import type { CaseState } from '../rules/steps.js'

/** What a timeline needs from elsewhere: who people are, and the files of each event. */
export interface TimelineSources {
  names: ReadonlyMap<string, { name: string }>
  files: ReadonlyMap<string, readonly StoredFile[]>
  sizeOf: (file: StoredFile) => string
}

const tones: Partial<Record<CaseState, 'good' | 'warn' | 'bad'>> = {
  resolved: 'good',
  settled: 'good',
  decided: 'good',
  interventionOpen: 'warn',
  guided: 'warn',
  takenOver: 'warn',
}

/** How a state looks; the word says it, the colour only helps. */
export const toneOf = (state: CaseState): 'good' | 'warn' | 'bad' | 'neutral' => tones[state] ?? 'neutral'

/** Everything that a case went through, the last first. */
export function timelineOf(words: Words, lang: Language, known: KnownCase, sources: TimelineSources) {
  return known.now.moments
    .map((moment) => ({
      ...{ at: moment.on, when: longDay(lang, moment.on), tone: toneOf(moment.to) },
      ...shown(words, lang, known, moment, sources),
    }))
    .reverse()
}

function shown(
  words: Words,
  lang: Language,
  known: KnownCase,
  moment: Moment<KnownEvent>,
  sources: TimelineSources,
) {
  if (moment.kind === 'act') return actShown(words, lang, known, moment.event, sources)
  if (moment.kind === 'silence')
    return { heading: words(`silenceDone.${moment.from}`), line: words('timeline.bySilence') }
  const { number, adopted } = moment
  return {
    heading: words(`timeline.${adopted ? 'adopted' : 'rejected'}`),
    link: { href: `/besluiten/${number}`, label: words('timeline.decision', { number }) },
  }
}

function actShown(
  words: Words,
  lang: Language,
  { id }: KnownCase,
  event: KnownEvent,
  { names, files, sizeOf }: TimelineSources,
) {
  const name = names.get(event.by)?.name ?? ''
  return {
    heading: words(`acts.${event.act}.done`),
    line: words('timeline.by', { name, actor: words(`actor.${event.actor}`) }),
    days: daysShown(words, lang, event),
    reason: event.reason,
    files: (files.get(event.id) ?? []).map((file) => ({
      name: file.name,
      size: sizeOf(file),
      href: file.erasedAt ? null : `/ingrepen/${id}/bijlagen/${file.id}`,
    })),
    link: event.motionId ? { href: `/voorstellen/${event.motionId}`, label: words('timeline.motion') } : null,
  }
}

function daysShown(words: Words, lang: Language, { act, meetsOn, meetsAt, dueOn }: KnownEvent): string {
  if (act === 'planConversation' && meetsOn)
    return words('timeline.meets', { day: longDay(lang, meetsOn), clock: meetsAt ?? '' })
  if (act === 'holdConversation' && meetsOn) return words('timeline.held', { day: longDay(lang, meetsOn) })
  return dueOn ? words('timeline.until', { day: longDay(lang, dueOn) }) : ''
}
