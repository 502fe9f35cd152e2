import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { Clock, clockTime, Database, newSecret, sha256Hex, type Tx } from '#platform'
import { Batches } from './batches.js'
import { type Choice, checkBallot } from './rules/ballot.js'
import { ballotReference } from './rules/ballot-reference.js'
import {
  type Casting,
  findBallot,
  insertBallots,
  type NewBallot,
  readCastings,
  readCastingsAtGate,
} from './store/ballot.store.js'

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

type Outcome = { recorded: CastBallot } | { refused: Violation[] } | 'noSuchPoll' | 'alreadyVoted'

/**
 * Casting: the one hot path. Two statements, no counter, no notice, no audit row: the ballot is its own
 * record. Ballots for the same poll that arrive while others are being written go together in the next
 * transaction; each voter hears "recorded" only after that transaction is committed.
 */
@Injectable()
export class Ballots {
  private readonly batches = new Batches<HandedIn, Outcome>((pollId, casts) =>
    this.castTogether(pollId, casts),
  )

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Casts the ballot of a member. The primary key of `ballots` makes a repeat (double click, two tabs, two
   * phones) `ballot.alreadyVoted`: the first ballot stands.
   * @throws NotFoundException, RuleViolated `ballot.notYourMember`, `ballot.alreadyVoted`, `poll.closed`,
   * `ballot.unknownChoice`
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

  private async castTogether(pollId: string, casts: HandedIn[]): Promise<Outcome[]> {
    return this.database.transaction(async (tx) => {
      const castings = await this.readOpen(tx, pollId, casts)
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

  private async readOpen(tx: Tx, pollId: string, casts: HandedIn[]): Promise<Map<string, Casting>> {
    const memberIds = [...new Set(casts.map(({ memberId }) => memberId))]
    const found = await readCastings(tx, pollId, memberIds)
    return found.size > 0 ? found : readCastingsAtGate(tx, pollId, memberIds)
  }

  private consider(
    pollId: string,
    { memberId, choice, personId }: HandedIn,
    casting: Casting,
  ): { ballot: NewBallot } | { refused: Violation[] } {
    const context = {
      casterIds: casting.casterIds,
      closedAt: casting.closedAt && clockTime('nl', casting.closedAt),
      castAt: casting.castAt && clockTime('nl', casting.castAt),
    }
    const refused = checkBallot(context, personId, choice)
    if (refused.length > 0) return { refused }
    // Read while the poll is held open, so that no ballot bears a later time than the closing.
    const castAt = this.clock.now()
    const reference = ballotReference(
      sha256Hex([pollId, memberId, castAt.toISOString(), newSecret()].join('|')),
    )
    return { ballot: { pollId, memberId, choice: choice as Choice, castBy: personId, castAt, reference } }
  }
}
