import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Clock, Database, newSecret, sha256Hex, violatedConstraint } from '#platform'
import { clockTime } from './clock-time.js'
import { type Choice, checkBallot } from './rules/ballot.js'
import { ballotReference } from './rules/ballot-reference.js'
import { findBallot, insertBallot, readCasting, readCastingAtGate } from './store/ballot.store.js'

/** What a voter may write down. */
export interface CastBallot {
  reference: string
  castAt: Date
}

/** Casting: the one hot path. Two statements, no counter, no notice, no audit row: the ballot is its own record. */
@Injectable()
export class Ballots {
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
    try {
      return await this.database.transaction(async (tx) => {
        const casting =
          (await readCasting(tx, pollId, memberId)) ?? (await readCastingAtGate(tx, pollId, memberId))
        if (!casting) throw new NotFoundException()
        const context = {
          casterIds: casting.casterIds,
          closedAt: casting.closedAt && clockTime(casting.closedAt),
          castAt: casting.castAt && clockTime(casting.castAt),
        }
        RuleViolated.throwIfAny(checkBallot(context, personId, choice))
        // Read while the poll is held open, so that no ballot bears a later time than the closing.
        const castAt = this.clock.now()
        const reference = ballotReference(
          sha256Hex([pollId, memberId, castAt.toISOString(), newSecret()].join('|')),
        )
        await insertBallot(tx, {
          pollId,
          memberId,
          choice: choice as Choice,
          castBy: personId,
          castAt,
          reference,
        })
        return { reference, castAt }
      })
    } catch (error) {
      if (violatedConstraint(error) !== 'ballots_one_per_elector') throw error
      const standing = await findBallot(this.database.read, pollId, memberId)
      throw RuleViolated.of('ballot.alreadyVoted', { time: standing ? clockTime(standing.castAt) : '' })
    }
  }
}
