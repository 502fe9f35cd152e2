import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, type AuditEntry, Clock, Ids, type Tx } from '#platform'
import { RegisteredContacts } from './contacts.service.js'
import { type MemberDetails, nextDetailsAfter } from './rules/details.js'
import type { MemberKind } from './rules/membership.js'
import { heldDetails, type Recording, readFacts } from './store/facts.store.js'
import { insertAllDetails, insertAllEvents, insertMembers } from './store/many.store.js'
import { lockMembers, writePeriods } from './store/periods.store.js'

/** Who records a fact, and why. */
export interface Act {
  by: string | null
  reason?: string
}

/** A member to enter, with its details. */
export interface NewMember {
  number: number
  kind: MemberKind
  on: Day
  details: MemberDetails
}

/** Details to record of a member. */
export interface NewDetails {
  memberId: string
  details: MemberDetails
}

/** Who to enter and what to record of whom is known. */
export interface Batch {
  admitted: readonly NewMember[]
  described: readonly NewDetails[]
}

/** Enters members into the register, one or thousands. */
@Injectable()
export class Entering {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(RegisteredContacts) private readonly contacts: RegisteredContacts,
  ) {}

  /**
   * Enters and describes many members at once, in few statements.
   * @param recordedAt when this was recorded, for who brings in an older register; now when null
   * @returns the ids of who was entered, in order
   * @throws RuleViolated `member.laterDetails`, the database's `members_number` violation
   */
  async enterAll(
    tx: Tx,
    { admitted, described }: Batch,
    act: Act,
    recordedAt: Date | null = null,
  ): Promise<string[]> {
    const known = described.map(({ memberId }) => memberId)
    const last = await lockMembers(tx, known)
    const facts = await readFacts(tx, known)
    for (const { memberId, details } of described) {
      const later = nextDetailsAfter(details.on, heldDetails(facts.get(memberId)!.details))
      if (later) throw RuleViolated.of('member.laterDetails', { day: later })
    }
    const at = recordedAt ?? notBefore(last, this.clock.now())
    const entered = admitted.map((member) => ({ ...member, memberId: this.ids.next() }))
    const recording = (memberId: string) => newRecording(this.ids.next(), memberId, act, at)
    const rows = [...entered, ...described].map(({ memberId, details: fact }) => ({
      ...recording(memberId),
      fact,
    }))
    const events = entered.map(({ memberId, kind, on }) => ({
      ...recording(memberId),
      fact: { on, type: 'admitted', kind } as const,
    }))
    await insertMembers(
      tx,
      entered.map(({ memberId: id, number }) => ({ id, number })),
    )
    await insertAllDetails(tx, rows)
    await insertAllEvents(tx, events)
    const all = rows.map(({ memberId }) => memberId)
    await writePeriods(tx, all, at)
    await this.contacts.follow(tx, all, act.by)
    await this.audit.recordAll(tx, [
      ...entered.map(({ memberId, on, kind }) =>
        auditEntry('member.admitted', memberId, act, { on, type: 'admitted', kind }),
      ),
      ...rows
        .slice(entered.length)
        .map(({ memberId, fact, id }) =>
          auditEntry('member.described', memberId, act, { on: fact.on, fact: id }),
        ),
    ])
    return entered.map(({ memberId }) => memberId)
  }
}

/** Nothing is recorded earlier than what was recorded before it. */
export function notBefore(last: Date | null, now: Date): Date {
  return last && last > now ? last : now
}

export function newRecording(
  id: string,
  memberId: string,
  { by, reason = '' }: Act,
  recordedAt: Date,
): Recording {
  return { id, memberId, reason, recordedAt, recordedBy: by, corrects: null, void: false }
}

export function auditEntry(
  action: string,
  memberId: string,
  { by, reason = '' }: Act,
  fact: object,
): AuditEntry {
  return { actorId: by, action, subject: { kind: 'member', id: memberId }, details: { ...fact, reason } }
}
