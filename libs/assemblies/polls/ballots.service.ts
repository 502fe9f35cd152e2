import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, clockTime, Database, newSecret, sha256Hex, type Tx, type Visitor } from '#platform'
import { TurnoutNews } from '../room/turnout-news.service.js'
import { type CastingContext, type Choice, checkBallot, checkEntry, isChoice } from '../rules/ballot.js'
import { ballotReference } from '../rules/ballot-reference.js'
import { closedBy } from '../rules/poll-end.js'
import { presentAt } from '../rules/presence.js'
import {
  type Casting,
  findBallot,
  insertBallots,
  type NewBallot,
  readCastings,
  readCastingsAtGate,
  readOwnElectors,
} from '../store/ballot.store.js'
import { readAttendanceLog } from '../store/hall.store.js'
import { findElector, findPoll } from '../store/poll.store.js'
import { Batches } from './batches.js'
import { PollNotices } from './poll-notices.js'

/** What a voter may write down. */
export interface CastBallot {
  reference: string
  castAt: Date
}

/** A ballot as it is handed in: for which member, what, and by whom. */
interface HandedIn {
  memberId: string
  choice: string
  personId: string
}

/** What became of one member's ballot when several were cast in one act. */
export interface CastOutcome {
  memberId: string
  recorded?: CastBallot
  refused?: Violation
}

type Outcome = { recorded: CastBallot } | { refused: Violation[] } | 'noSuchPoll' | 'alreadyVoted'

/**
 * Casting: the one hot path. Two statements, no counter, no notice, no audit row: the ballot is its own
 * record. Ballots for the same poll that arrive while others are being written go together in the next
 * transaction; each voter hears "recorded" only after that transaction is committed.
 */
@Injectable()
export class Ballots {
  private readonly batches = new Batches<HandedIn, Outcome>((pollId, casts) =>
    this.castAndTell(pollId, casts),
  )

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(PollNotices) private readonly notices: PollNotices,
    @Inject(TurnoutNews) private readonly turnout: TurnoutNews,
  ) {}

  /**
   * Casts the ballot of a member. The primary key of `ballots` makes a repeat (double click, two tabs, two
   * phones) `ballot.alreadyVoted`: the first ballot stands.
   * @throws NotFoundException, RuleViolated `ballot.notYourMember`, `ballot.alreadyVoted`, `poll.closed`,
   * `poll.voided`, `ballot.unknownChoice`
   */
  async cast(pollId: string, memberId: string, choice: string, personId: string): Promise<CastBallot> {
    const outcome = await this.batches.add(pollId, { memberId, choice, personId })
    if (outcome === 'noSuchPoll') throw new NotFoundException()
    if (outcome === 'alreadyVoted') {
      const standing = await findBallot(this.database.read, pollId, memberId)
      throw RuleViolated.of('ballot.alreadyVoted', { time: standing ? clockTime('nl', standing.castAt) : '' })
    }
    if ('refused' in outcome) throw new RuleViolated(outcome.refused)
    return outcome.recorded
  }

  /**
   * Casts the same choice for every member that the person may cast for, the own ones and those by proxy. Each has
   * an outcome of its own: for who has voted already, that ballot stands.
   * @throws NotFoundException, RuleViolated `ballot.notYourMember` (there is none), `ballot.unknownChoice`
   */
  async castAll(pollId: string, choice: string, personId: string): Promise<CastOutcome[]> {
    const own = await readOwnElectors(this.database.read, pollId, personId)
    if (own.length === 0) {
      if (!(await findPoll(this.database.read, pollId))) throw new NotFoundException()
      throw RuleViolated.of('ballot.notYourMember', {}, 'member')
    }
    if (!isChoice(choice)) throw RuleViolated.of('ballot.unknownChoice', {}, 'choice')
    return Promise.all(
      own.map(async ({ memberId }) => {
        try {
          return { memberId, recorded: await this.cast(pollId, memberId, choice, personId) }
        } catch (error) {
          if (error instanceof RuleViolated) return { memberId, refused: error.violations[0]! }
          throw error
        }
      }),
    )
  }

  /**
   * Enters the ballot of a member in the hall without a device: only while who votes for it is there. Marked as
   * entered by the secretary, and told to the member's delegates. A repeat is `ballot.alreadyVoted`.
   * @throws NotFoundException, RuleViolated as `checkEntry`
   */
  async enter(pollId: string, memberId: string, choice: string, secretary: Visitor): Promise<CastBallot> {
    const recorded = await this.database.transaction(async (tx) => {
      const casting = (await this.readOpen(tx, pollId, [memberId])).get(memberId)
      const poll = casting && (await findPoll(tx, pollId))
      if (!poll) throw new NotFoundException()
      const elector = await findElector(tx, pollId, memberId)
      const voterId = elector?.holderId ?? memberId
      const log = await readAttendanceLog(tx, poll.assemblyId, [voterId])
      const now = this.clock.now()
      const isThere = presentAt(log, now).has(voterId)
      RuleViolated.throwIfAny(checkEntry(inWords(casting, now), isThere, choice))
      const ballot = written(pollId, memberId, choice as Choice, secretary.personId, now)
      const entered = { ...ballot, enteredBy: secretary.personId }
      if ((await insertBallots(tx, [entered])).size === 0)
        throw RuleViolated.of('ballot.alreadyVoted', { time: clockTime('nl', ballot.castAt) })
      await this.audit.record(tx, {
        actorId: secretary.personId,
        action: 'ballot.entered',
        subject: { kind: 'poll', id: pollId },
        details: { memberId, reference: ballot.reference },
      })
      await this.notices.entered(tx, poll, { ...ballot, ...elector! }, memberId)
      return { reference: ballot.reference, castAt: ballot.castAt }
    })
    this.turnout.changed(pollId)
    return recorded
  }

  private async castAndTell(pollId: string, casts: HandedIn[]): Promise<Outcome[]> {
    const outcomes = await this.castTogether(pollId, casts)
    if (outcomes.some((outcome) => typeof outcome === 'object' && 'recorded' in outcome))
      this.turnout.changed(pollId)
    return outcomes
  }

  private async castTogether(pollId: string, casts: HandedIn[]): Promise<Outcome[]> {
    return this.database.transaction(async (tx) => {
      const memberIds = [...new Set(casts.map(({ memberId }) => memberId))]
      const castings = await this.readOpen(tx, pollId, memberIds)
      if (castings.size === 0) return casts.map(() => 'noSuchPoll' as const)
      const verdicts = casts.map((cast) => this.consider(pollId, cast, castings.get(cast.memberId)!))
      const ballots = verdicts.flatMap((verdict) => ('ballot' in verdict ? [verdict.ballot] : []))
      const inserted = await insertBallots(tx, ballots)
      return verdicts.map((verdict) => {
        if ('refused' in verdict) return verdict
        const { reference, castAt } = verdict.ballot
        return inserted.has(reference) ? { recorded: { reference, castAt } } : 'alreadyVoted'
      })
    })
  }

  private async readOpen(tx: Tx, pollId: string, memberIds: string[]): Promise<Map<string, Casting>> {
    const found = await readCastings(tx, pollId, memberIds)
    return found.size > 0 ? found : readCastingsAtGate(tx, pollId, memberIds)
  }

  private consider(
    pollId: string,
    { memberId, choice, personId }: HandedIn,
    casting: Casting,
  ): { ballot: NewBallot } | { refused: Violation[] } {
    // Read while the poll is held open: no ballot is later than the closing, or than the announced end.
    const now = this.clock.now()
    const refused = checkBallot(inWords(casting, now), personId, choice)
    if (refused.length > 0) return { refused }
    return { ballot: written(pollId, memberId, choice as Choice, personId, now) }
  }
}

/** A ballot with its reference. */
function written(pollId: string, memberId: string, choice: Choice, castBy: string, castAt: Date): NewBallot {
  const reference = ballotReference(
    sha256Hex([pollId, memberId, castAt.toISOString(), newSecret()].join('|')),
  )
  return { pollId, memberId, choice, castBy, castAt, reference, enteredBy: null }
}

function inWords(casting: Casting, now: Date): CastingContext {
  const { casterIds, castAt, voidedAt, method } = casting
  const closedAt = closedBy(casting, now)
  return {
    casterIds,
    voided: voidedAt !== null,
    onPaper: method === 'paper',
    closedAt: closedAt && clockTime('nl', closedAt),
    castAt: castAt && clockTime('nl', castAt),
  }
}
