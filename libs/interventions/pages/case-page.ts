import { Inject, Injectable } from '@nestjs/common'
import { Files, type StoredFile } from '#files'
import { People } from '#identity'
import { addDays, dayOf } from '#kernel'
import { Database, type Language, longDay, Messages, type Page, page, type Visitor } from '#platform'
import { deadlineOf, meetingOf, type Words, wordsOf } from '../case-words.js'
import { actsOf, type KnownCase } from '../interventions.service.js'
import { rungs } from '../rules/stages.js'
import { type Act, isEnding } from '../rules/steps.js'
import { readEventFiles } from '../store/case.store.js'
import { slugOf } from './act-words.js'
import { timelineOf, toneOf } from './case-timeline.js'

/** What can always be done; the rest moves the case on. */
const ALWAYS: readonly Act[] = ['respond', 'extend', 'resolve', 'withdraw']

/** One case: what has to happen now, by when, what silence does; what the visitor may do; what happened. */
@Injectable()
export class CasePage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Files) private readonly files: Files,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @param justDone the number of the event that the visitor just recorded */
  async show(lang: Language, visitor: Visitor, known: KnownCase, justDone: number | null): Promise<Page> {
    const words = wordsOf(this.messages, lang, known.agreement)
    const { now, reference, atAssembly, events } = known
    const done = events.find(({ number, by }) => number === justDone && by === visitor.personId)
    return page('libs/interventions/pages/views/case.hbs', {
      title: `${reference}: ${known.subject}`,
      crumbs: crumbsOf(words, known),
      kind: words(`direction.${known.direction}`),
      ...{ reference, subject: known.subject },
      stateText: words(`state.${now.state}`),
      stateTone: toneOf(now.state),
      done: done && { what: words(`acts.${done.act}.done`), at: done.recordedAt },
      steps: stepsShown(words, known),
      ...nextShown(words, lang, known),
      ...this.actions(words, visitor, known),
      facts: factsOf(words, lang, known),
      visibility: words(atAssembly ? 'case.public' : 'case.privacy'),
      timeline: timelineOf(words, lang, known, {
        names: await this.people.named(events.map(({ by }) => by)),
        files: await this.filesOf(known),
        sizeOf: (file) => this.sizeOf(lang, file),
      }),
    })
  }

  private actions(words: Words, visitor: Visitor, known: KnownCase) {
    const shown = actsOf(visitor, known).map(({ act }) => ({
      act,
      href: `/ingrepen/${known.id}/stap/${slugOf(act)}`,
      label: words(`acts.${act}.label`),
    }))
    const main = shown.filter(({ act }) => !ALWAYS.includes(act))
    return {
      main: main.map((one, index) => ({ ...one, kind: index === 0 ? '' : 'secondary' })),
      always: shown.filter(({ act }) => ALWAYS.includes(act)),
    }
  }

  private async filesOf({ id }: KnownCase): Promise<Map<string, StoredFile[]>> {
    const links = await readEventFiles(this.database.read, id)
    const about = await this.files.about(links.map(({ fileId }) => fileId))
    const byEvent = new Map<string, StoredFile[]>()
    for (const { eventId, fileId } of links)
      byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), about.get(fileId)!])
    return byEvent
  }

  private sizeOf(lang: Language, { kind, bytes }: StoredFile): string {
    const small = bytes < 100_000
    const size = small ? Math.ceil(bytes / 1000) : bytes / 1_000_000
    const unit = small ? 'kb' : 'mb'
    return this.messages.text(lang, `interventions.form.size.${unit}`, { size, kind: kind.toUpperCase() })
  }
}

/** The way back: the agreement of the area, and its cases. */
export function crumbsOf(words: Words, { agreement }: Pick<KnownCase, 'agreement'>) {
  const href = `/afspraken/${agreement.areaSlug}`
  return [
    { href, label: words('case.agreement') },
    { href: `${href}/ingrepen`, label: words('title') },
  ]
}

function stepsShown(words: Words, { direction, now }: KnownCase) {
  return rungs(direction, now.moments).map(({ stage, state }) => ({ state, label: words(`stage.${stage}`) }))
}

/** What comes next, by when, and what happens on silence. */
function nextShown(words: Words, lang: Language, known: KnownCase) {
  const { state, dueOn, silence } = known.now
  if (isEnding(state)) return { ended: words(`next.${state}`) }
  const text = words(`silence.${state}`)
  return {
    next: words(`next.${state}`),
    meeting: meetingOf(words, lang, known),
    by: deadlineOf(words, lang, known.now),
    silence:
      dueOn && silence ? words('case.silenceFrom', { text, day: longDay(lang, addDays(dueOn, 1)) }) : text,
  }
}

function factsOf(words: Words, lang: Language, known: KnownCase) {
  const { agreement, aboutKind, aboutLabel, startedAt, agreementVersionId } = known
  const version = agreement.versions.find(({ id }) => id === agreementVersionId)
  return [
    {
      label: words('case.about'),
      value: aboutKind ? words(`start.kinds.${aboutKind}`, { label: aboutLabel }) : words('case.whole'),
      note: version ? words('case.version', { number: version.number }) : '',
    },
    { label: words('case.party'), value: agreement.counterparty.name },
    { label: words('case.area'), value: agreement.areaName },
    { label: words('case.startedOn'), value: longDay(lang, dayOf(startedAt)) },
  ]
}
