import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Ids, Live, sha256Hex, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { VotedTexts } from '../motions/voted-texts.service.js'
import { roomTopic } from '../room/room-topic.js'
import { checkOpening } from '../rules/assembly-phase.js'
import { electorateText } from '../rules/electorate-text.js'
import { checkMinutes, minutesAfter } from '../rules/poll-end.js'
import { instantAfter, presentAt } from '../rules/presence.js'
import { freezeCasters, proxiesInForce } from '../rules/proxies.js'
import { votesOf } from '../rules/tally.js'
import { lockAssembly } from '../store/assembly.store.js'
import { findPendingChallenge, findPollToRevote } from '../store/challenge.store.js'
import { enterHall, lastInHall, readAttendanceLog } from '../store/hall.store.js'
import { lockMotion } from '../store/motion.store.js'
import { findPollOfAmendment, findPollOfMotion, insertPoll, type NewElector } from '../store/poll.store.js'
import { readProxies } from '../store/proxy.store.js'
import { AdvanceAdmission } from './advance-admission.service.js'
import { Electorate } from './electorate.service.js'
import { PollNotices } from './poll-notices.js'

/** What a chair opens, and how. */
export interface OpeningWish {
  assemblyId: string
  motionId: string
  /** The amendment to that motion; null for the motion itself. */
  amendmentId?: string | null
  /** After how many minutes the poll ends by itself; null: when the chair closes it. */
  minutes?: number | null
  /** On paper it has no ballots but those cast in advance; officers enter what they counted. */
  method?: 'digital' | 'paper'
}

/** Opening a poll: the first one on a motion, another after one that was voided, and a re-vote. */
@Injectable()
export class PollOpening {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(PollNotices) private readonly notices: PollNotices,
    @Inject(VotedTexts) private readonly votedTexts: VotedTexts,
    @Inject(AdvanceAdmission) private readonly advance: AdvanceAdmission,
  ) {}

  /**
   * Opens the poll on a motion: freezes who may vote and by which rule, as of the assembly's day, and tells
   * every caster. A motion has one poll that counts, and each amendment to it one before; a repeat, or a second
   * chair, gets the poll that is there.
   * @returns the poll's id
   * @throws NotFoundException, RuleViolated `assembly.notBegun`, `assembly.ended`, `poll.noElectorate`,
   * `poll.minutesWrong`, `poll.challengePending`, `conflict.keepsOut`, `statutes.missing`, and what
   * {@link VotedTexts.atOpening} throws
   */
  async open(tx: Tx, wish: OpeningWish, chair: Visitor): Promise<string> {
    const { assemblyId, motionId, amendmentId = null, minutes = null, method = 'digital' } = wish
    const assembly = await lockAssembly(tx, assemblyId, 'share')
    // Who comes, goes or gives a proxy at this moment does so before the electorate is frozen, or after it.
    await enterHall(tx, assemblyId, 'alone')
    const motion = await lockMotion(tx, motionId)
    if (!assembly || motion?.assemblyId !== assemblyId) throw new NotFoundException()
    const known = amendmentId
      ? await findPollOfAmendment(tx, amendmentId)
      : await findPollOfMotion(tx, motionId)
    if (known) return known

    await this.conflicts.keepOut(tx, chair, motionId)
    const openedAt = instantAfter(this.clock.now(), await lastInHall(tx, assemblyId, 'all'))
    RuleViolated.throwIfAny([
      ...checkOpening(assembly, openedAt),
      ...(minutes === null ? [] : checkMinutes(minutes)),
    ])
    if (await findPendingChallenge(tx, assemblyId, openedAt)) throw RuleViolated.of('poll.challengePending')
    const subject = await this.votedTexts.atOpening(tx, motion, amendmentId)
    const type = amendmentId ? 'amendment' : motion.decisionType
    const rule = await this.electorate.ruleFor(motion, assembly.heldOn, type, tx)
    const electors = await this.frozenElectorate(tx, assembly, motionId, openedAt)
    const electorateHash = sha256Hex(electorateText(electors))
    const id = this.ids.next()
    const frozen = { rule, text: subject.text, electorateHash, openedAt, openedBy: chair.personId }
    const poll = { id, motionId, amendmentId, assemblyId, ...frozen }
    const revoteOf = await findPollToRevote(tx, motionId, amendmentId)
    const closesAt = minutes === null ? null : minutesAfter(openedAt, minutes)
    await insertPoll(tx, { ...poll, revoteOf, closesAt, method }, electors)
    const voted = amendmentId
      ? new Set<string>()
      : await this.advance.atOpening(tx, {
          ...{ id, motion, assembly, openedAt, isRevote: revoteOf !== null },
          memberIds: electors.map(({ memberId }) => memberId),
        })
    await this.audit.record(tx, {
      actorId: chair.personId,
      action: 'poll.opened',
      subject: { kind: 'poll', id },
      details: {
        ...{ motionId, amendmentId, electorateHash, electors: electors.length, votes: votesOf(electors) },
        byProxy: electors.filter(({ proxyId }) => proxyId).length,
        ...{ closesAt: closesAt?.toISOString() ?? null, revoteOf, method, inAdvance: voted.size },
      },
    })
    const toVote = electors.filter(({ memberId }) => !voted.has(memberId))
    if (method === 'digital') await this.notices.opened(tx, { ...motion, ...subject, id }, toVote)
    await this.live.announce(tx, roomTopic(assemblyId))
    return id
  }

  /** Who may vote and who casts for each, as register, attendance and proxies have it at this instant. */
  private async frozenElectorate(
    tx: Tx,
    { id, heldOn }: { id: string; heldOn: Day },
    motionId: string,
    instant: Date,
  ): Promise<NewElector[]> {
    const electors = await this.electorate.on(heldOn, tx)
    if (electors.length === 0) throw RuleViolated.of('poll.noElectorate')
    const present = presentAt(await readAttendanceLog(tx, id), instant)
    const mayVote = new Set(electors.map(({ memberId }) => memberId))
    const proxies = proxiesInForce(await readProxies(tx, id), instant, present, mayVote)
    return this.conflicts.withoutKeptOut(tx, freezeCasters(electors, proxies), motionId, heldOn)
  }
}
