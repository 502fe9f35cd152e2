import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Audit, Database, Ids, type Tx } from '#platform'
import { type MemberKind, type MemberStatus, type MembershipEvent, membershipOn } from './rules/membership.js'
import { MemberDetailsRow, MemberEventRow, MemberRow } from './store/entities.js'
import { type RegisteredMember, readRegister } from './store/register.store.js'

/** What the register says of a member on a day. */
export interface MemberOnDay {
  id: string
  number: number
  name: string
  kind: MemberKind | null
  status: MemberStatus
  mayVote: boolean
  founder: boolean
  since: Day | null
  note: string | null
}

/** The member register, read as of a day. */
@Injectable()
export class Members {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Everyone who was a member up to that day (also suspended and former members), by number. */
  async asOf(day: Day, tx: Tx = this.database.read): Promise<MemberOnDay[]> {
    return (await readRegister(tx, day)).map((member) => onDay(day, member))
  }

  /** One member on a day, or null when the register did not have it yet. */
  async find(id: string, day: Day, tx: Tx = this.database.read): Promise<MemberOnDay | null> {
    const [member] = await readRegister(tx, day, id)
    return member ? onDay(day, member) : null
  }

  /**
   * Enters a member into the register.
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
    },
  ): Promise<string> {
    const id = this.ids.next()
    await tx.getRepository(MemberRow).insert({ id, number: member.number })
    await tx.getRepository(MemberDetailsRow).insert({
      id: this.ids.next(),
      memberId: id,
      holdsFrom: member.on,
      name: member.name,
      founder: member.founder ?? false,
      note: member.note ?? null,
      recordedBy: member.by,
    })
    await this.record(tx, id, { on: member.on, type: 'admitted', kind: member.kind }, member.by)
    return id
  }

  /** Adds a fact to a member's history; earlier facts stay as they are. */
  async record(
    tx: Tx,
    memberId: string,
    event: MembershipEvent,
    by: string | null,
    reason = '',
  ): Promise<void> {
    await tx.getRepository(MemberEventRow).insert({
      id: this.ids.next(),
      memberId,
      onDay: event.on,
      type: event.type,
      kind: 'kind' in event ? event.kind : null,
      reason,
      recordedBy: by,
    })
    await this.audit.record(tx, {
      actorId: by,
      action: `member.${event.type}`,
      subject: { kind: 'member', id: memberId },
      details: { ...event, reason },
    })
  }
}

function onDay(day: Day, { events, ...member }: RegisteredMember): MemberOnDay {
  return { ...member, ...membershipOn(day, events) }
}
