import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { actorFor } from './actor.js'
import { ChangeNotices } from './change-notices.js'
import { lastDetails } from './held-details.js'
import { applied, effectiveDay, overtakenFields } from './rules/change.js'
import type { ChangeEventType } from './rules/state.js'
import {
  type ActingAs,
  type Actor,
  actingAs,
  checkConfirming,
  checkRefusing,
  checkSettling,
  checkWithdrawing,
} from './rules/who-may.js'
import { insertEvent, lockMember, type MemberChange, readChanges } from './store/change-records.js'

/** What a decision finds when its turn has come. */
interface Turn {
  tx: Tx
  change: MemberChange
  member: MemberOnDay
  actor: Actor
}

/**
 * The second pair of eyes. Whoever decides waits for who was first, and then finds it decided. The same act again
 * by the same person changes nothing.
 */
@Injectable()
export class ChangeDecisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(ChangeNotices) private readonly notices: ChangeNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Confirms a proposal and carries it out: the register gets what was asked, in whatever else it says now.
   * @throws RuleViolated the codes of `checkConfirming`; `memberChange.overtaken` (params field) when the
   * register says something else by now: nothing is overwritten
   */
  confirm(visitor: Visitor, id: string): Promise<void> {
    return this.take(visitor, id, 'confirmed', checkConfirming, async (turn) => {
      const { tx, change, member, actor } = turn
      const current = (await lastDetails(this.members, member.id, tx))!
      const [overtaken] = overtakenFields(change.changes, current)
      if (overtaken) throw RuleViolated.of('memberChange.overtaken', { field: overtaken })
      const day = effectiveDay(change.holdsFrom, this.clock.today(), current.on)
      const details = { ...applied(current, change.changes), on: day }
      const why = this.notices.registerReason(change.reference, change.proposedAs, actingAs(actor))
      const detailsId = await this.members.describe(tx, member.id, details, visitor.personId, why)
      await this.insert(turn, 'confirmed', '')
      await this.insert(turn, 'carriedOut', '', { detailsId, effectiveOn: day })
      await this.tell(turn, 'carriedOut', current)
    })
  }

  /** Says no. @throws RuleViolated the codes of `checkRefusing`, and `memberChange.reasonMissing` */
  refuse(visitor: Visitor, id: string, reason: string): Promise<void> {
    return this.take(visitor, id, 'refused', checkRefusing, (turn) => this.close(turn, 'refused', reason))
  }

  /** Takes the own proposal back. @throws RuleViolated the codes of `checkWithdrawing` */
  withdraw(visitor: Visitor, id: string, reason: string): Promise<void> {
    return this.take(visitor, id, 'withdrawn', checkWithdrawing, (turn) =>
      this.close(turn, 'withdrawn', reason),
    )
  }

  /**
   * The service team looked into an objection against what was carried out already.
   * @throws RuleViolated the codes of `checkSettling`, and `memberChange.reasonMissing`
   */
  settle(visitor: Visitor, id: string, reason: string): Promise<void> {
    return this.take(visitor, id, 'settled', checkSettling, (turn) => this.close(turn, 'settled', reason))
  }

  private async take(
    visitor: Visitor,
    id: string,
    type: ChangeEventType,
    check: (actor: Actor, change: MemberChange) => Violation[],
    act: (turn: Turn) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { memberId } = await one(tx, id)
      await lockMember(tx, memberId)
      const change = await one(tx, id)
      if (change.events.some((event) => event.type === type && event.byPerson === visitor.personId)) return
      const member = await this.members.find(memberId, this.clock.today(), tx)
      if (!member) throw RuleViolated.of('memberChange.unknownMember')
      const actor = actorFor(visitor, member)
      RuleViolated.throwIfAny(check(actor, change))
      await act({ tx, change, member, actor })
    })
  }

  private async close(turn: Turn, type: 'refused' | 'withdrawn' | 'settled', reason: string): Promise<void> {
    if (type !== 'withdrawn' && reason.trim() === '')
      throw RuleViolated.of('memberChange.reasonMissing', {}, 'reden')
    await this.insert(turn, type, reason.trim())
    await this.tell(turn, type, await lastDetails(this.members, turn.member.id, turn.tx))
  }

  private async insert(
    { tx, change, actor }: Turn,
    type: ChangeEventType,
    reason: string,
    effect: { detailsId?: string | null; effectiveOn?: string } = {},
  ): Promise<void> {
    const { personId } = actor
    const byAs: ActingAs | null = actingAs(actor)
    const event = { id: this.ids.next(), changeId: change.id, type, reason, byPerson: personId, byAs }
    await insertEvent(tx, { ...event, ...effect, at: this.clock.now() })
    await this.audit.record(tx, {
      actorId: personId,
      action: `memberChange.${type}`,
      subject: { kind: 'memberChange', id: change.id },
      details: { memberId: change.memberId, reference: change.reference },
    })
  }

  private async tell(
    { tx, change, member }: Turn,
    what: 'carriedOut' | 'refused' | 'withdrawn' | 'settled',
    contact: { contactName: string | null; contactEmail: string | null } | null,
  ): Promise<void> {
    await this.notices.tell(tx, await one(tx, change.id), { member, contact, what })
  }
}

async function one(tx: Tx, id: string): Promise<MemberChange> {
  const [change] = await readChanges(tx, { id })
  if (!change) throw RuleViolated.of('memberChange.unknown')
  return change
}
