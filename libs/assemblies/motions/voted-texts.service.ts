import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Clock, type Tx } from '#platform'
import { AdvanceAdmission } from '../polls/advance-admission.service.js'
import { checkAmendmentPoll, checkMotionPoll } from '../rules/amendments.js'
import { findAmendment, readAmendments } from '../store/amendment.store.js'
import type { MotionRow } from '../store/entities.js'
import { lockMotion } from '../store/motion.store.js'
import { addMotionText, findMotionText, readMotionTexts } from '../store/motion-text.store.js'
import { findPollOfMotion, type PollInContext } from '../store/poll.store.js'
import { amendedText } from './text-difference.js'

/** What a poll is about: the names for the notices, and the text that is frozen with it. */
export interface PollSubject {
  title: string
  question: string
  text: string | null
}

/** The text that is voted on, and what a vote does to the text of the motion. */
@Injectable()
export class VotedTexts {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AdvanceAdmission) private readonly advance: AdvanceAdmission,
  ) {}

  /**
   * What the poll on a motion, or on an amendment to it, would be about now. The caller holds the motion.
   * @throws RuleViolated `amendment.conflicts` (an adopted one changed the same words), and the codes of
   * {@link checkMotionPoll} or {@link checkAmendmentPoll}
   */
  async atOpening(tx: Tx, motion: MotionRow, amendmentId: string | null): Promise<PollSubject> {
    const amendments = await readAmendments(tx, motion.id)
    const present = (await findMotionText(tx, motion.id))?.text ?? null
    if (amendmentId === null) {
      RuleViolated.throwIfAny(checkMotionPoll(motion, amendments))
      return { title: motion.title, question: motion.question, text: present }
    }
    const hasPoll = (await findPollOfMotion(tx, motion.id)) !== null
    RuleViolated.throwIfAny(checkAmendmentPoll({ ...motion, hasPoll }, amendmentId, amendments))
    const { title, question, ...amendment } = amendments.find(({ id }) => id === amendmentId)!
    const text = amendedText(amendment, present ?? motion.question)
    if (text === null) throw RuleViolated.of('amendment.conflicts')
    return { title, question, text }
  }

  /**
   * After the declaration: an adopted amendment gives the motion its text. When a re-vote rejects one that had
   * been adopted, the text of before it holds again. A repeat changes nothing.
   * @throws RuleViolated `amendment.overtaken` when later amendments were built on it
   */
  async afterDeclaration(tx: Tx, poll: PollInContext, adopted: boolean, declaredBy: string): Promise<void> {
    if (!poll.amendmentId) return
    const motion = (await lockMotion(tx, poll.motionId))!
    const texts = await readMotionTexts(tx, motion.id)
    const own = texts.findLast(({ amendmentId }) => amendmentId === poll.amendmentId)
    const holds = own?.kind === 'amended'
    if (holds === adopted) return
    if (holds && own !== texts.at(-1)) throw RuleViolated.of('amendment.overtaken')
    const before = texts.at(-2)?.text ?? (await findAmendment(tx, poll.amendmentId))!.baseText
    await addMotionText(tx, {
      motionId: motion.id,
      kind: adopted ? 'amended' : 'restored',
      text: adopted ? poll.text! : before,
      amendmentId: poll.amendmentId,
      recordedAt: this.clock.now(),
      recordedBy: declaredBy,
    })
    await this.advance.afterTextChange(tx, motion)
  }
}
