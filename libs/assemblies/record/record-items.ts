import { Inject, Injectable } from '@nestjs/common'
import type { Tx } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { turnsOf } from '../rules/turns.js'
import type { AgendaItem } from '../store/agenda.store.js'
import { readAmendments } from '../store/amendment.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { readFloorLog, readProgress } from '../store/floor.store.js'
import { readMotionTexts } from '../store/motion-text.store.js'
import {
  type MotionLine,
  type PollLine,
  readChallengeLines,
  readMotionLines,
  readPollLines,
} from '../store/record.store.js'
import { readRulings } from '../store/ruling.store.js'
import { recordedPoll } from './record-polls.js'

type Names = ReadonlyMap<string, string>

/** How offices propose, in the record: Dutch, as the minutes are. */
const ORGANS = { chair: 'de voorzitter', secretary: 'de secretaris', director: 'de bestuurder' } as const

/** The items of an agenda with their course: times, speakers, conflicts of interest, motions, amendments and polls. */
@Injectable()
export class RecordedItems {
  constructor(@Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest) {}

  async of({ id, endedAt }: AssemblyRow, items: readonly AgendaItem[], names: Names, tx: Tx) {
    const progress = await readProgress(tx, id)
    const floor = await readFloorLog(tx, id)
    const conflicts = await this.conflicts.declared({ assemblyId: id }, tx)
    const motions = await this.motionsOf(id, names, tx)
    return items.map((item) => ({
      id: item.id,
      position: item.position,
      title: item.title,
      type: item.type as string,
      turns: turnsOf(progress, item.id, endedAt),
      speakers: speakersOf(
        floor.filter(({ itemId }) => itemId === item.id),
        names,
      ),
      conflicts: conflicts
        .filter(({ itemId }) => itemId === item.id)
        .map(({ name, office, reason, declaredAt }) => ({ name, office, reason, at: declaredAt })),
      motion: (item.motionId && motions.get(item.motionId)) || null,
    }))
  }

  private async motionsOf(assemblyId: string, names: Names, tx: Tx) {
    const polls = await this.pollsOf(assemblyId, names, tx)
    const motions = new Map<string, Awaited<ReturnType<typeof this.motionOf>>>()
    for (const motion of await readMotionLines(tx, assemblyId))
      motions.set(
        motion.id,
        await this.motionOf(
          motion,
          polls.filter(({ line }) => line.motionId === motion.id),
          names,
          tx,
        ),
      )
    return motions
  }

  private async pollsOf(assemblyId: string, names: Names, tx: Tx) {
    const challenges = new Map((await readChallengeLines(tx, assemblyId)).map((one) => [one.pollId, one]))
    const polls: { line: PollLine; poll: ReturnType<typeof recordedPoll> }[] = []
    for (const line of await readPollLines(tx, assemblyId)) {
      const rulings = line.decisionId ? await readRulings(tx, line.decisionId) : []
      const challenge = challenges.get(line.id)
      const by = (challenge?.memberIds ?? []).map((id) => names.get(id) ?? '').join(', ')
      polls.push({ line, poll: recordedPoll(line, challenge && { ...challenge, by }, rulings) })
    }
    return polls
  }

  private async motionOf(
    motion: MotionLine,
    polls: readonly { line: PollLine; poll: ReturnType<typeof recordedPoll> }[],
    names: Names,
    tx: Tx,
  ) {
    const texts = await readMotionTexts(tx, motion.id)
    const amendments = await readAmendments(tx, motion.id)
    const pollsOf = (amendmentId: string | null) =>
      polls.flatMap(({ line, poll }) => (line.amendmentId === amendmentId ? [poll] : []))
    return {
      question: motion.question,
      proposer: proposerOf(motion, names),
      submittedText: texts.findLast(({ kind }) => kind === 'submitted' || kind === 'changed')?.text ?? null,
      text: texts.at(-1)?.text ?? null,
      withdrawn: motion.withdrawnAt && { at: motion.withdrawnAt, reason: motion.withdrawalReason ?? '' },
      amendments: amendments.map((one) => ({
        ...{ number: one.number, title: one.title, proposer: proposerOf(one, names), text: one.text },
        withdrawnAt: one.withdrawnAt,
        lapsed: one.lapsedAt && { at: one.lapsedAt, reason: one.lapseReason ?? '' },
        polls: pollsOf(one.id),
      })),
      polls: pollsOf(null),
    }
  }
}

function proposerOf(
  { proposerMemberId, proposerOrgan }: Pick<MotionLine, 'proposerMemberId' | 'proposerOrgan'>,
  names: Names,
): string | null {
  if (proposerMemberId) return names.get(proposerMemberId) ?? null
  return proposerOrgan && ORGANS[proposerOrgan]
}

/** Who had the floor, each once: the member, or the guest by name. */
function speakersOf(log: Awaited<ReturnType<typeof readFloorLog>>, names: Names): string[] {
  const given = log.filter(({ kind }) => kind === 'given')
  const speakers = given.map(({ speakerId, guestName }) =>
    guestName ? `${guestName} (gast)` : names.get(speakerId),
  )
  return [...new Set(speakers.flatMap((name) => name ?? []))]
}
