import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Database } from '#platform'
import type { MemberOnDay } from './member-on-day.js'
import type { Wijk } from './pages/list-address.js'
import type { MemberDetails } from './rules/details.js'
import { MemberRow } from './store/entities.js'
import { type MemberFacts, readFacts } from './store/facts.store.js'
import { type ListedMembers, type ListSelection, readList } from './store/list.store.js'
import { readDetails } from './store/many.store.js'
import { readRegister } from './store/periods.store.js'

/** Everything that was recorded of a member, and the names of who recorded it. */
export interface MemberHistory extends MemberFacts {
  names: ReadonlyMap<string, { name: string }>
  /** When the people of the member were erased from the records, and by whom; null while they were not. */
  erased: { at: Date; by: string | null } | null
}

/** Reads the register for pages. */
@Injectable()
export class MemberReading {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Areas) private readonly areas: Areas,
  ) {}

  /** The wijken, each with its buurten. */
  async wijken(): Promise<Wijk[]> {
    const [districts, neighbourhoods] = [await this.areas.districts(), await this.areas.neighbourhoods()]
    return districts.map(({ id, number, name }) => ({
      ...{ number, name },
      neighbourhoods: neighbourhoods.filter(({ districtId }) => districtId === id).map((one) => one.number),
    }))
  }

  /** The names of the buurten by number. */
  async buurtNames(): Promise<Map<number, string>> {
    return new Map((await this.areas.neighbourhoods()).map(({ number, name }) => [number, name]))
  }

  /** The details of a member that hold on a day, as known at an instant; null when there are none. */
  async details(memberId: string, day: Day, knownAt: Date | null): Promise<MemberDetails | null> {
    return (await readDetails(this.database.read, day, [memberId], knownAt)).get(memberId) ?? null
  }

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
    const erased = await this.erasure(memberId)
    const recorders = [...events, ...details].flatMap(({ recordedBy }) => recordedBy ?? [])
    const named = await this.people.named([...new Set([...recorders, ...(erased?.by ? [erased.by] : [])])])
    return { events, details, names: named, erased }
  }

  /** As the log says it: erasing is another library's act. */
  private async erasure(memberId: string): Promise<MemberHistory['erased']> {
    const [found]: { at: Date; by: string | null }[] = await this.database.read.query(
      `SELECT at, actor_id AS by FROM audit_log
       WHERE subject_kind = 'member' AND subject_id = $1 AND action = 'member.personsErased' ORDER BY id LIMIT 1`,
      [memberId],
    )
    return found ?? null
  }
}
