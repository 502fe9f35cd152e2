import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Database } from '#platform'
import type { MemberOnDay } from './member-on-day.js'
import { MemberRow } from './store/entities.js'
import { type MemberFacts, readFacts } from './store/facts.store.js'
import { type ListedMembers, type ListSelection, readList } from './store/list.store.js'
import { readRegister } from './store/periods.store.js'

/** Everything that was recorded of a member, and the names of who recorded it. */
export interface MemberHistory extends MemberFacts {
  names: ReadonlyMap<string, { name: string }>
}

/** Reads the register for pages. */
@Injectable()
export class MemberReading {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
  ) {}

  /** One page of the register on a day. @param knownAt as it was known then; null: by all that is known now */
  list(day: Day, knownAt: Date | null, selection: ListSelection): Promise<ListedMembers> {
    return readList(this.database.read, day, knownAt, selection)
  }

  /**
   * The member with this number: what the register says of it on a day, or null for that when it says nothing.
   * @returns null when no member has the number
   */
  async byNumber(
    number: number,
    day: Day,
    knownAt: Date | null,
  ): Promise<{ id: string; onDay: MemberOnDay | null } | null> {
    const member = await this.database.read.getRepository(MemberRow).findOneBy({ number })
    if (!member) return null
    const [onDay] = await readRegister(this.database.read, day, knownAt, member.id)
    return { id: member.id, onDay: onDay ?? null }
  }

  /** Every fact and correction of a member, each list in order of recording. */
  async history(memberId: string): Promise<MemberHistory> {
    const { events, details } = (await readFacts(this.database.read, [memberId])).get(memberId)!
    const recorders = [...events, ...details].flatMap(({ recordedBy }) => recordedBy ?? [])
    return { events, details, names: await this.people.named([...new Set(recorders)]) }
  }
}
