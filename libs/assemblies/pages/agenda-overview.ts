import { Inject, Injectable } from '@nestjs/common'
import { Clock, clockTime, type Language, Messages, type Visitor } from '#platform'
import { Agenda } from '../convocation/agenda.service.js'
import { AssemblyPlanners } from '../convocation/assembly-planners.service.js'
import { Convocations } from '../convocation/convocation.service.js'
import { Papers } from '../convocation/papers.service.js'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { startTimes } from '../rules/agenda.js'
import { assemblyState } from '../rules/assembly-state.js'
import type { AssemblyRow } from '../store/entities.js'
import { type Text, textsOf } from './page-text.js'
import { paperItems } from './paper-items.js'

/** The agenda as a whole with its papers, on the page of the assembly; for planners the ways to change it. */
@Injectable()
export class AgendaOverview {
  constructor(
    @Inject(Agenda) private readonly agenda: Agenda,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(Convocations) private readonly convocations: Convocations,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async of(assembly: AssemblyRow, visitor: Visitor, lang: Language) {
    const text = textsOf(this.messages, lang)
    const items = await this.agenda.items(assembly.id)
    const conflicts = await this.conflicts.declared({ assemblyId: assembly.id })
    const papers = await this.papers.of(items.map(({ id }) => id))
    const { starts } = startTimes(assembly.startsAt, items)
    const state = assemblyState(assembly, this.clock.now())
    const convocations = await this.convocations.list(assembly.id)
    const last = convocations.at(-1)
    const mayPlan =
      (state === 'planned' || state === 'convened') && (await this.planners.may(visitor, assembly.requestId))
    const link = (path: string, key: string, download = false) => ({
      href: `/alv/${assembly.id}/${path}`,
      label: text(`overview.${key}`),
      download,
    })
    return {
      state,
      stateText: text(`state.${state}`),
      reason: state === 'cancelled' || last?.kind === 'postponement' ? last?.content.reason : null,
      moved: state !== 'cancelled' && last?.kind === 'postponement',
      online: assembly.onlineAddress,
      onlineBeside: assembly.place ? assembly.onlineAddress : null,
      points: items.map((item, at) => ({
        position: item.position,
        title: item.title,
        time: clockTime(lang, starts[at]!),
        type: text(`itemType.${item.type}`),
        explanation: item.motionId ? null : item.explanation,
        conflict: conflictOf(text, conflicts, item.id),
        added: convocations.length > 0 && !item.convenedAt,
        papers: paperItems(this.messages, lang, assembly.id, papers.get(item.id) ?? []),
      })),
      links: [
        link('agenda.pdf', 'pdf', true),
        ...(state === 'ended' ? [link('notulen', 'minutes')] : []),
        { href: `/alv/${assembly.id}/belangen`, label: text('conflict.title') },
        { href: `/alv/${assembly.id}/waarneming`, label: text('standIn.title') },
        ...(convocations.length > 0
          ? [link('agenda.ics', 'ics', true), link('oproeping', 'convocation')]
          : []),
        ...(mayPlan
          ? [
              link('agenda', 'edit'),
              link('wijziging', assembly.convenedOn ? 'move' : 'change'),
              ...(convocations.length === 0 ? [link('oproeping', 'convene')] : []),
            ]
          : []),
      ],
    }
  }
}

/** Who declared an interest in the item, in one sentence; null when nobody did. */
function conflictOf(
  text: Text,
  conflicts: readonly { itemId: string; name: string }[],
  itemId: string,
): string | null {
  const names = conflicts.filter((one) => one.itemId === itemId).map(({ name }) => name)
  return names.length > 0 ? text('conflict.onItem', { names: names.join(', ') }) : null
}
