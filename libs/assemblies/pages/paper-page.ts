import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Violation } from '#kernel'
import { clockTime, formErrors, type Language, Messages, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { PaperCounts } from '../polls/paper-counts.service.js'
import { AssemblyReading } from '../reading.service.js'
import { paperCountKeys, paperState, sideOf } from '../rules/paper-count.js'
import type { PaperScan, StoredCount } from '../store/paper.store.js'
import type { PollInContext } from '../store/poll.store.js'
import { type Text, textsOf } from './page-text.js'
import { preHeading } from './poll-page.js'

/** The model of counting on paper: who has counted, never what before the other has counted too. */
@Injectable()
export class PaperPage {
  constructor(
    @Inject(PaperCounts) private readonly paper: PaperCounts,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  private async fields(text: Text, poll: PollInContext) {
    const hint = text('paper.presentHint', { most: await this.paper.room(poll.id) })
    return paperCountKeys.map((key) => ({
      ...{ name: key, label: text(`paper.field.${key}`) },
      hint: key === 'present' ? hint : '',
    }))
  }

  async of(
    poll: PollInContext,
    visitor: Visitor,
    lang: Language,
    refused?: { typed: Record<string, string>; violations: readonly Violation[] },
  ) {
    const text = textsOf(this.messages, lang)
    const entries = await this.paper.entries(poll.id)
    const state = paperState(entries)
    const names = await this.people.named([...new Set(entries.map(({ personId }) => personId))])
    const scans = await this.paper.scans(poll.id)
    const declared = (await this.reading.result(poll.id)) !== null
    const keptOut = await this.conflicts.keepsOut(visitor.personId, poll.motionId)
    const counting = state.kind === 'counting' ? state : null
    const side = sideOf(
      visitor.roles.map(({ role }) => role),
      visitor.personId,
      state,
    )
    const open = poll.closedAt !== null && !poll.voidedAt && !declared && !keptOut
    const name = (personId: string) => names.get(personId)?.name ?? ''
    const both = state.kind === 'agreed' ? state.entries : (counting?.differed ?? [])
    return {
      ...{ title: text('paper.title'), poll, pre: preHeading(text, poll, lang), keptOut, declared },
      notClosed: !poll.closedAt,
      first: counting?.first && text('paper.firstDone', { name: name(counting.first.personId) }),
      waitsForOther: counting !== null && 'code' in side && side.code === 'paper.alreadyCounted',
      agreed: state.kind === 'agreed',
      table: both.length === 2 && table(text, both as StoredCount[], name, lang),
      form: open &&
        counting &&
        !('code' in side) && {
          round: counting.round,
          fields: await this.fields(text, poll),
        },
      scans: scanItems(text, poll.id, scans),
      mayScan: open,
      mayDeclare: open && visitor.has('chair') && state.kind === 'agreed' && scans.length > 0,
      typed: refused?.typed,
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
      links: [
        ...(visitor.has('secretary', 'chair')
          ? [
              {
                href: `/stemmingen/${poll.id}/stembiljetten.pdf`,
                label: text('paper.ballots'),
                download: true,
              },
              {
                href: `/alv/${poll.assemblyId}/presentielijst.pdf`,
                label: text('paper.attendance'),
                download: true,
              },
            ]
          : []),
        { href: `/stemmingen/${poll.id}`, label: text('cast.toPoll') },
      ],
    }
  }
}

/** Both counts beside each other: agreed, or to see where they differ. */
function table(text: Text, entries: StoredCount[], name: (id: string) => string, lang: Language) {
  const [one, other] = entries as [StoredCount, StoredCount]
  const heading = ({ personId, office, countedAt }: StoredCount) =>
    text('paper.by', {
      ...{ name: name(personId), office: text(`paper.office.${office}`) },
      time: clockTime(lang, countedAt),
    })
  return {
    columns: [
      { label: text('paper.what') },
      { label: heading(one), kind: 'number' },
      { label: heading(other), kind: 'number' },
    ],
    rows: paperCountKeys.map((key) => [
      {
        value: text(`paper.field.${key}`),
        note: one[key] === other[key] ? null : text('paper.different'),
      },
      one[key],
      other[key],
    ]),
  }
}

export function scanItems(text: Text, pollId: string, scans: readonly PaperScan[]) {
  return scans.map(({ number, name, sha256 }) => ({
    ...{ label: text('paper.scanNumber', { number }), value: name },
    note: sha256,
    href: `/stemmingen/${pollId}/papier/telblad/${number}/bestand`,
  }))
}
