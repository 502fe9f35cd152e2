import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { roomTopic } from '../room/room-topic.js'
import { checkDeclaring, checkKeptOut, declaringOffice } from '../rules/conflict.js'
import { findItem } from '../store/agenda.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import { type ConflictRecord, insertConflict, readConflicts } from '../store/officer.store.js'
import { findDeclaredPollOfMotion, type NewElector } from '../store/poll.store.js'

/** Officers with an interest of their own in an item: they say so, and the system keeps them out of that decision. */
@Injectable()
export class ConflictsOfInterest {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
  ) {}

  /** The conflicts declared in an assembly or about one motion, with the names of who declared. */
  async declared(
    of: { assemblyId: string } | { motionId: string },
    tx: Tx = this.database.read,
  ): Promise<(ConflictRecord & { name: string })[]> {
    const found = await readConflicts(tx, of)
    const names = await this.people.named(
      found.map(({ personId }) => personId),
      tx,
    )
    return found.map((one) => ({ ...one, name: names.get(one.personId)?.name ?? '' }))
  }

  /**
   * Declares an interest of the officer's own in an item. A repeat changes nothing: the first declaration stands.
   * @throws NotFoundException, RuleViolated `conflict.notOfficer`, `conflict.decided`, `assembly.ended`,
   * `conflict.reasonNeeded`
   */
  async declare(assemblyId: string, itemId: string, reason: string, officer: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      const item = await findItem(tx, itemId)
      if (!assembly || item?.assemblyId !== assemblyId) throw new NotFoundException()
      const office = declaringOffice(officer.roles.map(({ role }) => role))
      const decided = item.motionId !== null && (await findDeclaredPollOfMotion(tx, item.motionId)) !== null
      const state = { decided, ended: assembly.endedAt !== null }
      RuleViolated.throwIfAny(checkDeclaring(state, office, reason))
      const conflict = { itemId, personId: officer.personId, office: office!, reason: reason.trim() }
      if (!(await insertConflict(tx, { ...conflict, declaredAt: this.clock.now() }))) return
      await this.audit.record(tx, {
        actorId: officer.personId,
        action: 'conflict.declared',
        subject: { kind: 'assembly', id: assemblyId },
        details: { item: itemId, office, reason: reason.trim() },
      })
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }

  /**
   * Refuses whoever declared an interest in the motion. Each act of an officer on a decision comes by here: opening,
   * extending, closing, declaring and voiding its poll, its re-vote, its order, proposing for the organ, a ruling.
   * @throws RuleViolated `conflict.keepsOut`
   */
  async keepOut(tx: Tx, { personId }: Visitor, motionId: string): Promise<void> {
    RuleViolated.throwIfAny(checkKeptOut(personId, await readConflicts(tx, { motionId })))
  }

  /** Whether this person declared an interest in the motion. */
  async keepsOut(personId: string, motionId: string, tx: Tx = this.database.read): Promise<boolean> {
    return checkKeptOut(personId, await readConflicts(tx, { motionId })).length > 0
  }

  /** The electorate without the officers as casters, where the statutes keep them from voting for a member too. */
  async withoutKeptOut(tx: Tx, electors: NewElector[], motionId: string, heldOn: Day): Promise<NewElector[]> {
    const conflicts = await readConflicts(tx, { motionId })
    if (conflicts.length === 0 || (await this.mayVote(heldOn, tx))) return electors
    const keptOut = new Set(conflicts.map(({ personId }) => personId))
    return electors.map((elector) => ({
      ...elector,
      casterIds: elector.casterIds.filter((id) => !keptOut.has(id)),
    }))
  }

  /** Whether an officer with a conflict may still cast the ballot of a member; yes unless the statutes say no. */
  async mayVote(day: Day, tx?: Tx): Promise<boolean> {
    return (await this.statutes.asOf(day, tx)).find('conflictedMayVote')?.value ?? true
  }
}
