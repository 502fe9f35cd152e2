import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx } from '#platform'
import type { MemberOnDay } from './member-on-day.js'
import type { MemberKind, MembershipEvent } from './rules/membership.js'
import type { MemberDetails } from './rules/periods.js'
import { MemberRow } from './store/entities.js'
import { type Fact, insertDetails, insertEvent, type Recording, readFacts } from './store/facts.store.js'
import { lockMembers, readRegister, writePeriods } from './store/periods.store.js'

/** Who records a fact, and why. */
interface Act {
  by: string | null
  reason?: string
}

/**
 * The member register, read as of a day, also as it was known at an earlier instant. Facts are added; what
 * was wrong is corrected by a new fact. A change is part of the caller's transaction.
 */
@Injectable()
export class Members {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Everyone who was a member up to that day (also suspended and former members), by number.
   * @param knownAt as the register was known then; by all that is known now when absent
   */
  async asOf(day: Day, tx: Tx = this.database.read, knownAt: Date | null = null): Promise<MemberOnDay[]> {
    return readRegister(tx, day, knownAt)
  }

  /** One member on a day, or null when the register did not have it yet. */
  async find(
    id: string,
    day: Day,
    tx: Tx = this.database.read,
    knownAt: Date | null = null,
  ): Promise<MemberOnDay | null> {
    const [member] = await readRegister(tx, day, knownAt, id)
    return member ?? null
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
      by: string | null
      reason?: string
      recordedAt?: Date
    },
  ): Promise<string> {
    const memberId = this.ids.next()
    const { number, name, kind, on, founder = false, note = null } = member
    const recordedAt = member.recordedAt ?? this.clock.now()
    await tx.getRepository(MemberRow).insert({ id: memberId, number })
    const admitted = { on, type: 'admitted', kind } as const
    const recording = () => this.recording(memberId, member, recordedAt)
    await insertDetails(tx, { ...recording(), fact: { on, name, founder, note } })
    await insertEvent(tx, { ...recording(), fact: admitted })
    await writePeriods(tx, [memberId], recordedAt)
    await this.log(tx, 'member.admitted', memberId, member, admitted)
    return memberId
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

  /** Records what a member is called from a day on. @returns the id of the fact */
  async describe(
    tx: Tx,
    memberId: string,
    details: MemberDetails,
    by: string | null,
    reason = '',
  ): Promise<string> {
    const id = await this.write(tx, memberId, { by, reason }, (row) =>
      insertDetails(tx, { ...row, fact: details }),
    )
    await this.log(tx, 'member.described', memberId, { by, reason }, details)
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
    await this.log(tx, 'member.detailsCorrected', memberId, { by, reason }, { ...fact, corrects: detailsId })
    return id
  }

  /** One writer of a member at a time; nothing is recorded earlier than what was recorded before it. */
  private async write(
    tx: Tx,
    memberId: string,
    act: Act,
    insert: (row: Recording) => Promise<void>,
  ): Promise<string> {
    const last = await lockMembers(tx, [memberId])
    const now = this.clock.now()
    const row = this.recording(memberId, act, last && last > now ? last : now)
    await insert(row)
    await writePeriods(tx, [memberId], row.recordedAt)
    return row.id
  }

  private recording(memberId: string, { by, reason = '' }: Act, recordedAt: Date): Recording {
    return { id: this.ids.next(), memberId, reason, recordedAt, recordedBy: by, corrects: null, void: false }
  }

  private log(
    tx: Tx,
    action: string,
    memberId: string,
    { by, reason = '' }: Act,
    fact: object,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId: by,
      action,
      subject: { kind: 'member', id: memberId },
      details: { ...fact, reason },
    })
  }
}

function factWith<F extends Fact>(rows: readonly (Recording & { fact: F })[] | undefined, id: string): F {
  const found = rows?.find((row) => row.id === id)
  if (!found) throw RuleViolated.of('member.unknownFact')
  return found.fact
}
