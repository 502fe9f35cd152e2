import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { Clock, clockTime, Database, Ids, newSecret, sha256Hex, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { type AdvanceRule, advanceFrom, checkAdvance, checkAdvanceCast, isAbout } from '../rules/advance.js'
import type { Choice } from '../rules/ballot.js'
import { ballotReference } from '../rules/ballot-reference.js'
import { insertAdvanceBallot, type OwnAdvanceBallot, readAdvanceBallots } from '../store/advance.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import { findMotion, lockMotion, type MotionInContext } from '../store/motion.store.js'
import type { NewElector } from '../store/poll.store.js'
import { AdvanceAdmission } from './advance-admission.service.js'
import type { CastBallot } from './ballots.service.js'
import { Electorate } from './electorate.service.js'

/** One who votes in advance: for which member, what, and which text was on the screen. */
export interface AdvanceWish {
  memberId: string
  choice: string
  seenHash: string
}

/** Where voting in advance on a motion stands for one visitor: nothing of how others voted, nor how many did. */
export interface AdvanceStanding {
  rule: AdvanceRule | null
  /** The first day, when the statutes allow it at all. */
  from: string | null
  /** Why it is not possible now; empty when it is. */
  violations: Violation[]
  textHash: string
  /** The members that the visitor may cast for today, each with its ballot on the present text. */
  members: { memberId: string; memberName: string; ballot: OwnAdvanceBallot | null }[]
  /** All ballots of the visitor's members on this motion, also those that lapsed. */
  ballots: (OwnAdvanceBallot & { memberName: string })[]
}

/** Voting on a motion before the assembly, where the statutes allow it (BW 2:38 lid 8). */
@Injectable()
export class AdvanceVoting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(AdvanceAdmission) private readonly admission: AdvanceAdmission,
  ) {}

  /** Whether can be voted on the motion in advance now; at most one violation. */
  async possible(motion: MotionInContext, tx: Tx = this.database.read): Promise<Violation[]> {
    const rule = await this.admission.ruleOn(motion.heldOn, tx)
    const { withdrawnAt, pollId, convenedAt } = motion
    return checkAdvance(
      {
        ...{ rule, assembly: motion, withdrawn: withdrawnAt !== null, polled: pollId !== null },
        convened: motion.convenedOn !== null && convenedAt !== null,
      },
      this.clock.now(),
    )
  }

  async standing(motion: MotionInContext, visitor: Visitor): Promise<AdvanceStanding> {
    const tx = this.database.read
    const rule = await this.admission.ruleOn(motion.heldOn, tx)
    const text = await this.admission.textOf(tx, motion)
    const own = visitor.scopesOf('delegate')
    const names = new Map((await this.votersToday(tx, motion)).map((one) => [one.memberId, one]))
    const ballots = await readAdvanceBallots(tx, motion.id, own)
    const nameOf = (id: string) => names.get(id)?.memberName ?? ''
    return {
      ...{ rule, textHash: text.textHash, violations: await this.possible(motion, tx) },
      from: rule?.allowed ? advanceFrom(motion.startsAt, rule) : null,
      members: own
        .filter((id) => names.get(id)?.casterIds.includes(visitor.personId))
        .map((memberId) => ({
          ...{ memberId, memberName: nameOf(memberId) },
          ballot: ballots.find((one) => one.memberId === memberId && isAbout(one, text)) ?? null,
        })),
      ballots: ballots.map((ballot) => ({ ...ballot, memberName: nameOf(ballot.memberId) })),
    }
  }

  /**
   * Casts the ballot of a member on the motion as it reads now. Final: a repeat is `advance.alreadyCast`, and the first
   * stands. Who casts and who opens the poll wait for each other at the motion: what is answered "recorded" is in the
   * poll, or its voter is told why not.
   * @throws NotFoundException, RuleViolated as {@link checkAdvance} and {@link checkAdvanceCast}
   */
  async cast(
    motionId: string,
    { memberId, choice, seenHash }: AdvanceWish,
    { personId }: Visitor,
  ): Promise<CastBallot> {
    return this.database.transaction(async (tx) => {
      const found = await findMotion(tx, motionId)
      if (!found) throw new NotFoundException()
      await lockAssembly(tx, found.assemblyId, 'share')
      await lockMotion(tx, motionId)
      const motion = (await findMotion(tx, motionId))!
      RuleViolated.throwIfAny(await this.possible(motion, tx))
      const text = await this.admission.textOf(tx, motion)
      const elector = (await this.votersToday(tx, motion)).find((one) => one.memberId === memberId)
      const known = (await readAdvanceBallots(tx, motionId, [memberId])).find((one) => isAbout(one, text))
      const castAt = known ? clockTime('nl', known.castAt) : null
      const casterIds = elector?.casterIds ?? null
      RuleViolated.throwIfAny(
        checkAdvanceCast({ ...{ casterIds, personId, castAt, choice, seenHash }, ...text }),
      )
      const { textNumber, textHash } = text
      const ballot = {
        ...{ id: this.ids.next(), motionId, memberId, textNumber, textHash },
        ...{ choice: choice as Choice, castBy: personId, castAt: this.clock.now() },
      }
      const reference = ballotReference(sha256Hex(`${ballot.id}|${newSecret()}`))
      await insertAdvanceBallot(tx, { ...ballot, reference })
      return { reference, castAt: ballot.castAt }
    })
  }

  /** Who may vote today, and who casts for each: the members as the register has them on the day of casting. */
  private async votersToday(tx: Tx, motion: MotionInContext): Promise<NewElector[]> {
    const today = this.clock.today()
    const electors = await this.electorate.on(today, tx)
    return this.conflicts.withoutKeptOut(tx, electors, motion.id, today)
  }
}
