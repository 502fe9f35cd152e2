import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Live, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { roomTopic } from '../room/room-topic.js'
import {
  CHALLENGE_MINUTES,
  challengeableUntil,
  checkChallenge,
  demandNeeded,
  electorsThere,
  OPEN_POLL,
  type Standing,
  standingOf,
} from '../rules/challenge.js'
import { minutesAfter } from '../rules/poll-end.js'
import { votesOf } from '../rules/tally.js'
import { lockAssembly } from '../store/assembly.store.js'
import {
  type ChallengeRecord,
  findChallenge,
  findRevoteOf,
  insertChallenge,
  insertMajority,
  insertSupports,
  markReplaced,
  readSupporters,
  wentOnAfter,
} from '../store/challenge.store.js'
import { enterHall, readAttendanceLog } from '../store/hall.store.js'
import {
  type ElectorRecord,
  findPoll,
  findResult,
  lockPoll,
  type PollInContext,
  readElectors,
} from '../store/poll.store.js'
import { PollNotices } from './poll-notices.js'
import { PollOpening } from './poll-opening.service.js'

/** What the page of a declared poll shows of a dispute of its result. */
export interface Dispute {
  standing: Standing
  challenge: ChallengeRecord | null
  /** Until when it can be disputed, or supported. */
  until: Date
  isOpen: boolean
  needed: number
  present: number
  /** The visitor's own members that are there: those whose votes demand it already, and the others. */
  own: { supporting: string[]; waiting: string[] }
  revoteId: string | null
}

/** Disputing a declared result at once, and the re-vote that the majority demands (BW 2:13). */
@Injectable()
export class Challenges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(PollOpening) private readonly opening: PollOpening,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(PollNotices) private readonly notices: PollNotices,
  ) {}

  /** Where the result of a poll stands, for this visitor; null while it is not declared. */
  async dispute(poll: PollInContext, visitor: Visitor, tx: Tx = this.database.read): Promise<Dispute | null> {
    const window = await this.windowOf(tx, poll)
    if (!window) return null
    const now = this.clock.now()
    const challenge = await findChallenge(tx, poll.id)
    const until = challenge?.lapsesAt ?? challengeableUntil(window)
    const standing = standingOf({ replacedAt: poll.replacedAt, challenge }, now)
    const there = await this.electorsThere(tx, poll)
    const own = there.filter(({ casterIds }) => casterIds.includes(visitor.personId))
    const supporters = challenge ? await readSupporters(tx, challenge.id) : new Set<string>()
    const names = (supporting: boolean) =>
      own.filter(({ memberId }) => supporters.has(memberId) === supporting).map((one) => one.memberName)
    const present = votesOf(there)
    return {
      ...{ standing, challenge, until, present },
      isOpen: now < until && (standing === 'challenged' || (standing === 'inForce' && !challenge)),
      needed: demandNeeded(OPEN_POLL, present),
      own: { supporting: names(true), waiting: names(false) },
      revoteId: poll.replacedAt && (await findRevoteOf(tx, poll.id)),
    }
  }

  /**
   * Disputes a result, for all members that the person votes for and that are there. Where somebody disputed it
   * already, this supports that. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `challenge.tooLate`, `challenge.reasonNeeded`, `challenge.notVoter`,
   * `challenge.notThere`
   */
  async challenge(pollId: string, reason: string, voter: Visitor): Promise<void> {
    await this.inHall(pollId, async (tx, poll) => {
      if (await findChallenge(tx, pollId)) return this.demand(tx, poll, voter)
      const window = await this.windowOf(tx, poll)
      if (!window) throw new NotFoundException()
      const now = this.clock.now()
      RuleViolated.throwIfAny(checkChallenge(window, reason, now))
      await this.ownThere(tx, poll, voter)
      const id = this.ids.next()
      await insertChallenge(tx, {
        ...{ id, pollId, assemblyId: poll.assemblyId, reason: reason.trim() },
        ...{ challengedAt: now, challengedBy: voter.personId },
        lapsesAt: minutesAfter(now, window.minutes),
      })
      await this.record(tx, poll, voter, 'poll.challenged', { reason: reason.trim() })
      await this.demand(tx, poll, voter)
      await this.notices.challenged(tx, poll, reason.trim())
    })
  }

  /**
   * Demands the re-vote with the votes of all members that the person votes for and that are there. A repeat changes
   * nothing.
   * @throws NotFoundException, RuleViolated `challenge.lapsed`, `challenge.notVoter`, `challenge.notThere`
   */
  async support(pollId: string, voter: Visitor): Promise<void> {
    await this.inHall(pollId, (tx, poll) => this.demand(tx, poll, voter))
  }

  /**
   * Opens the re-vote, with its electorate frozen anew: from now on the old decision has no effect. A repeat gives
   * the re-vote that is there.
   * @returns the id of the new poll
   * @throws NotFoundException, RuleViolated `challenge.notDemanded`, and as {@link PollOpening.open}
   */
  async holdRevote(pollId: string, minutes: number | null, chair: Visitor): Promise<string> {
    return this.inHall(pollId, async (tx, poll) => {
      const known = await findRevoteOf(tx, pollId)
      if (known) return known
      const challenge = await findChallenge(tx, pollId)
      if (!challenge?.majorityAt) throw RuleViolated.of('challenge.notDemanded')
      await this.conflicts.keepOut(tx, chair, poll.motionId)
      await markReplaced(tx, pollId, this.clock.now())
      await this.record(tx, poll, chair, 'poll.replaced', { challenge: challenge.id })
      const { assemblyId, motionId, amendmentId } = poll
      return this.opening.open(tx, { assemblyId, motionId, amendmentId, minutes }, chair)
    })
  }

  /** Adds the votes of the person's members; at the majority the re-vote is due. */
  private async demand(tx: Tx, poll: PollInContext, voter: Visitor): Promise<void> {
    const challenge = await findChallenge(tx, poll.id)
    if (!challenge) throw new NotFoundException()
    const now = this.clock.now()
    const standing = standingOf({ replacedAt: poll.replacedAt, challenge }, now)
    if (standing === 'toRevote' || standing === 'replaced') return
    if (standing === 'inForce') throw RuleViolated.of('challenge.lapsed')
    const { own, present } = await this.ownThere(tx, poll, voter)
    const before = await readSupporters(tx, challenge.id)
    const added = own.filter(({ memberId }) => !before.has(memberId))
    if (added.length === 0) return
    const by = { challengeId: challenge.id, personId: voter.personId, supportedAt: now }
    await insertSupports(
      tx,
      added.map(({ memberId, weight }) => ({ ...by, memberId, weight })),
    )
    const demanding = challenge.demanding + votesOf(added)
    await this.record(tx, poll, voter, 'poll.challengeSupported', { demanding, present })
    if (demanding < demandNeeded(OPEN_POLL, present)) return
    await insertMajority(tx, { challengeId: challenge.id, demanding, present, reachedAt: now })
    await this.record(tx, poll, voter, 'poll.revoteDemanded', { demanding, present })
  }

  /** Those of the person's members that are there, and how many votes are there in all. */
  private async ownThere(tx: Tx, poll: PollInContext, { personId }: Visitor) {
    const electors = await readElectors(tx, poll.id)
    const isOwn = ({ casterIds }: ElectorRecord) => casterIds.includes(personId)
    if (!electors.some(isOwn)) throw RuleViolated.of('challenge.notVoter')
    const there = await this.electorsThere(tx, poll, electors)
    const own = there.filter(isOwn)
    if (own.length === 0) throw RuleViolated.of('challenge.notThere')
    return { own, present: votesOf(there) }
  }

  private async electorsThere(
    tx: Tx,
    poll: PollInContext,
    electors?: ElectorRecord[],
  ): Promise<ElectorRecord[]> {
    const all = electors ?? (await readElectors(tx, poll.id))
    const log = await readAttendanceLog(tx, poll.assemblyId)
    const last = new Map(log.map(({ memberId, kind }) => [memberId, kind]))
    const there = electorsThere(
      all.map((elector) => ({ ...elector, hasVoted: elector.choice !== null })),
      last,
    )
    return all.filter(({ memberId }) => there.has(memberId))
  }

  private async windowOf(tx: Tx, poll: PollInContext) {
    const result = await findResult(tx, poll.id)
    if (!result) return null
    const { declaredAt } = result
    const setting = (await this.statutes.asOf(poll.heldOn, tx)).find('challengeMinutes')
    const { endedAt } = poll
    const wentOnAt = await wentOnAfter(tx, poll.assemblyId, declaredAt)
    return { declaredAt, endedAt, wentOnAt, minutes: setting?.value ?? CHALLENGE_MINUTES }
  }

  /** One at a time with the opening of polls, comings and goings, and the end of the assembly. */
  private inHall<T>(pollId: string, work: (tx: Tx, poll: PollInContext) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const found = await findPoll(tx, pollId)
      if (!found) throw new NotFoundException()
      await lockAssembly(tx, found.assemblyId, 'share')
      await enterHall(tx, found.assemblyId, 'alone')
      // Who relies on the decision at this moment (a payout) does so before it is disputed, or sees that it is.
      await lockPoll(tx, pollId)
      return work(tx, (await findPoll(tx, pollId))!)
    })
  }

  private async record(
    tx: Tx,
    { id, assemblyId }: PollInContext,
    { personId }: Visitor,
    action: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(tx, { actorId: personId, action, subject: { kind: 'poll', id }, details })
    await this.live.announce(tx, roomTopic(assemblyId))
  }
}
