import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { canonicalJson, type Day } from '#kernel'
import { Notices } from '#notices'
import { Audit, Clock, sha256Hex, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { type Admission, type AdvanceRule, admitAll, isAbout, type VotedText } from '../rules/advance.js'
import { admitIntoPoll, insertAdvanceOutcomes, readLiveAdvanceBallots } from '../store/advance.store.js'
import { findMotionText } from '../store/motion-text.store.js'

/** The poll that opens, with the members of its frozen electorate. */
interface OpeningPoll {
  id: string
  motion: { id: string; title: string; question: string }
  assembly: { startsAt: Date; heldOn: Day }
  memberIds: readonly string[]
  isRevote: boolean
  openedAt: Date
}

/** What becomes of the ballots that were cast in advance: into the poll, or lapsed, and then their voters are told. */
@Injectable()
export class AdvanceAdmission {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
  ) {}

  /** What the statutes say of voting in advance on the day; null when they say nothing: then it is off. */
  async ruleOn(day: Day, tx?: Tx): Promise<AdvanceRule | null> {
    const setting = (await this.statutes.asOf(day, tx)).find('advanceVoting')
    return setting && { ...setting.value, article: setting.article }
  }

  /** The text that is voted on now: its number, and the hash of question and text together. */
  async textOf(
    tx: Tx,
    motion: { id: string; question: string },
  ): Promise<VotedText & { text: string | null }> {
    const found = await findMotionText(tx, motion.id)
    const text = found?.text ?? null
    return {
      text,
      textNumber: found?.number ?? 0,
      textHash: sha256Hex(canonicalJson({ question: motion.question, text })),
    }
  }

  /**
   * Puts the ballots that were cast in advance on this text into the poll, in the transaction that opens it; the voters
   * of the others are told why not. The caller holds the motion, so nobody casts in advance meanwhile.
   * @returns the members whose ballot is in the poll
   */
  async atOpening(tx: Tx, poll: OpeningPoll): Promise<Set<string>> {
    const ballots = await readLiveAdvanceBallots(tx, poll.motion.id)
    if (ballots.length === 0) return new Set()
    const outcomes = admitAll(ballots, {
      ...(await this.textOf(tx, poll.motion)),
      startsAt: poll.assembly.startsAt,
      rule: await this.ruleOn(poll.assembly.heldOn, tx),
      electors: new Set(poll.memberIds),
      keptOut: await this.keptOut(tx, poll),
      isRevote: poll.isRevote,
    })
    const admitted = outcomes.filter(({ outcome }) => outcome === 'admitted')
    await admitIntoPoll(
      tx,
      poll.id,
      admitted.map(({ id }) => id),
    )
    await insertAdvanceOutcomes(tx, poll.id, outcomes, poll.openedAt)
    await this.tell(tx, poll.motion, ballots, outcomes, poll.id)
    return new Set(admitted.map(({ memberId }) => memberId))
  }

  /**
   * After the text of a motion changed: what was cast on another text lapses (statute `advanceAmended`), and its voters
   * are told at once. The caller holds the motion. A repeat finds nothing left.
   */
  async afterTextChange(tx: Tx, motion: { id: string; title: string; question: string }): Promise<void> {
    const text = await this.textOf(tx, motion)
    const others = (await readLiveAdvanceBallots(tx, motion.id)).filter((ballot) => !isAbout(ballot, text))
    if (others.length === 0) return
    const outcomes = others.map(({ id }) => ({ id, outcome: 'lapsed' as const }))
    await insertAdvanceOutcomes(tx, null, outcomes, this.clock.now())
    await this.audit.record(tx, {
      actorId: null,
      action: 'advanceBallots.lapsed',
      subject: { kind: 'motion', id: motion.id },
      details: { textNumber: text.textNumber, textHash: text.textHash },
    })
    await this.tell(tx, motion, others, outcomes, String(text.textNumber))
  }

  private async keptOut(tx: Tx, { motion, assembly }: OpeningPoll): Promise<Set<string>> {
    if (await this.conflicts.mayVote(assembly.heldOn, tx)) return new Set()
    const declared = await this.conflicts.declared({ motionId: motion.id }, tx)
    return new Set(declared.map(({ personId }) => personId))
  }

  private async tell(
    tx: Tx,
    motion: { id: string; title: string; question: string },
    ballots: readonly { id: string; castBy: string }[],
    outcomes: readonly { id: string; outcome: Admission }[],
    occasion: string,
  ): Promise<void> {
    const told = outcomes.filter(({ outcome }) => outcome !== 'admitted' && outcome !== 'twice')
    const voters = new Map(ballots.map(({ id, castBy }) => [id, castBy]))
    const people = await this.people.named([...new Set(told.map(({ id }) => voters.get(id)!))], tx)
    await this.notices.send(
      tx,
      told.flatMap(({ id, outcome }) => {
        const personId = voters.get(id)!
        const person = people.get(personId)
        if (!person) return []
        const { title, question } = motion
        return {
          notice: 'assemblies/advance-not-counted',
          to: { personId, ...person },
          model: { title, question, [outcome]: true, path: `/voorstellen/${motion.id}/vooraf-stemmen` },
          key: `assemblies/advance-not-counted ${id} ${occasion}`,
        }
      }),
    )
  }
}
