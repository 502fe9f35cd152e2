import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx } from '#platform'
import { RegisteredContacts } from './contacts.service.js'
import { type Act, auditEntry, type Batch, Entering, newRecording, notBefore } from './entering.service.js'
import { Register } from './register.js'
import {
  changedFields,
  detailsOn,
  type MemberDetails,
  type MemberParticulars,
  nextDetailsAfter,
  noParticulars,
} from './rules/details.js'
import type { MemberKind, MembershipEvent } from './rules/membership.js'
import {
  type Fact,
  heldDetails,
  insertDetails,
  insertEvent,
  type Recording,
  readFacts,
} from './store/facts.store.js'
import { lockMembers, writePeriods } from './store/periods.store.js'

/**
 * The member register, read as of a day, also as it was known at an earlier instant. Facts are added; what
 * was wrong is corrected by a new fact. A change is part of the caller's transaction.
 */
@Injectable()
export class Members extends Register {
  constructor(
    @Inject(Database) database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(RegisteredContacts) private readonly contacts: RegisteredContacts,
    @Inject(Entering) private readonly entering: Entering,
  ) {
    super(database)
  }

  /**
   * Enters a member into the register.
   * @param member.recordedAt when this was recorded, for who brings in an older register; now when absent
   * @throws the database's `members_number` violation when the number is taken.
   */
  async admit(
    tx: Tx,
    member: {
      number: number
      name: string
      kind: MemberKind
      on: Day
      founder?: boolean
      note?: string
      details?: Partial<MemberParticulars>
      by: string | null
      reason?: string
      recordedAt?: Date
    },
  ): Promise<string> {
    const { number, name, kind, on, founder = false, note = null, by, reason, recordedAt } = member
    const details = { ...noParticulars, ...member.details, on, name, founder, note }
    const batch = { admitted: [{ number, kind, on, details }], described: [] }
    const [id] = await this.entering.enterAll(tx, batch, { by, reason }, recordedAt)
    return id!
  }

  /** Adds a fact to a member's history; earlier facts stay as they are. @returns the id of the fact */
  async record(
    tx: Tx,
    memberId: string,
    event: MembershipEvent,
    by: string | null,
    reason = '',
  ): Promise<string> {
    const id = await this.write(tx, memberId, { by, reason }, (row) =>
      insertEvent(tx, { ...row, fact: event }),
    )
    await this.log(tx, `member.${event.type}`, memberId, { by, reason }, event)
    return id
  }

  /**
   * Puts another fact in the place of one that was wrong, or withdraws it.
   * @throws RuleViolated `member.unknownFact`, `member.alreadyCorrected` (correct the correction instead)
   */
  async correct(
    tx: Tx,
    memberId: string,
    eventId: string,
    replacement: MembershipEvent | 'void',
    by: string | null,
    reason: string,
  ): Promise<string> {
    const wrong = factWith((await readFacts(tx, [memberId])).get(memberId)?.events, eventId)
    const fact = replacement === 'void' ? wrong : replacement
    const correction = { corrects: eventId, void: replacement === 'void' }
    const id = await this.write(tx, memberId, { by, reason }, (row) =>
      insertEvent(tx, { ...row, ...correction, fact }),
    )
    const action = replacement === 'void' ? 'member.withdrawn' : 'member.corrected'
    await this.log(tx, action, memberId, { by, reason }, { ...fact, corrects: eventId })
    return id
  }

  /**
   * Records what holds of a member from a day on, in full; when that is what holds already, nothing.
   * @returns the id of the fact, or null when nothing had to be recorded
   * @throws RuleViolated `member.laterDetails` when other details stand from a later day: those would undo these
   */
  async describe(
    tx: Tx,
    memberId: string,
    details: MemberDetails,
    by: string | null,
    reason = '',
  ): Promise<string | null> {
    await lockMembers(tx, [memberId])
    const standing = heldDetails((await readFacts(tx, [memberId])).get(memberId)!.details)
    const before = detailsOn(details.on, standing)
    const changed = before ? changedFields(before, details) : []
    if (before && changed.length === 0) return null
    const later = nextDetailsAfter(details.on, standing)
    if (later) throw RuleViolated.of('member.laterDetails', { day: later })
    const id = await this.write(tx, memberId, { by, reason }, (row) =>
      insertDetails(tx, { ...row, fact: details }),
    )
    await this.contacts.follow(tx, [memberId], by)
    await this.log(tx, 'member.described', memberId, { by, reason }, { on: details.on, changed, fact: id })
    return id
  }

  /**
   * Puts other details in the place of wrong ones, or withdraws them.
   * @throws RuleViolated `member.unknownFact`, `member.alreadyCorrected`, and `member.nameNeeded` when none
   * would be left
   */
  async correctDetails(
    tx: Tx,
    memberId: string,
    detailsId: string,
    replacement: MemberDetails | 'void',
    by: string | null,
    reason: string,
  ): Promise<string> {
    const wrong = factWith((await readFacts(tx, [memberId])).get(memberId)?.details, detailsId)
    const fact = replacement === 'void' ? wrong : replacement
    const correction = { corrects: detailsId, void: replacement === 'void' }
    const id = await this.write(tx, memberId, { by, reason }, (row) =>
      insertDetails(tx, { ...row, ...correction, fact }),
    )
    await this.contacts.follow(tx, [memberId], by)
    await this.log(tx, 'member.detailsCorrected', memberId, { by, reason }, { fact: id, corrects: detailsId })
    return id
  }

  /**
   * Enters and describes many members at once, in few statements, for an import.
   * @returns the ids of who was entered, in order
   * @throws RuleViolated `member.laterDetails`, the database's `members_number` violation
   */
  enterAll(tx: Tx, batch: Batch, act: Act): Promise<string[]> {
    return this.entering.enterAll(tx, batch, act)
  }

  /** One writer of a member at a time; nothing is recorded earlier than what was recorded before it. */
  private async write(
    tx: Tx,
    memberId: string,
    act: Act,
    insert: (row: Recording) => Promise<void>,
  ): Promise<string> {
    const last = await lockMembers(tx, [memberId])
    const row = newRecording(this.ids.next(), memberId, act, notBefore(last, this.clock.now()))
    await insert(row)
    await writePeriods(tx, [memberId], row.recordedAt)
    return row.id
  }

  private log(tx: Tx, action: string, memberId: string, act: Act, fact: object): Promise<void> {
    return this.audit.record(tx, auditEntry(action, memberId, act, fact))
  }
}

function factWith<F extends Fact>(rows: readonly (Recording & { fact: F })[] | undefined, id: string): F {
  const found = rows?.find((row) => row.id === id)
  if (!found) throw RuleViolated.of('member.unknownFact')
  return found.fact
}
