import type { Day } from '#kernel'
import type { Database, Tx } from '#platform'
import type { MemberOnDay } from './member-on-day.js'
import type { MemberDetails } from './rules/details.js'
import { MemberRow } from './store/entities.js'
import { readDetails } from './store/many.store.js'
import { type MemberAndDay, readOnDays, type StandingOnDay } from './store/on-days.store.js'
import { lockRegister, readRegister } from './store/periods.store.js'

/** The member register, for reading: as of a day, also as it was known at an earlier instant. */
export class Register {
  constructor(protected readonly database: Database) {}

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

  /** The details that hold of a member on a day, by all that is known now; null when the register has none. */
  async details(memberId: string, day: Day, tx: Tx = this.database.read): Promise<MemberDetails | null> {
    return (await readDetails(tx, day, [memberId])).get(memberId) ?? null
  }

  /** The details of everyone in the register on a day, by member. */
  async allDetails(day: Day, tx: Tx = this.database.read): Promise<Map<string, MemberDetails>> {
    return readDetails(tx, day)
  }

  /** Each member on a day of its own, with all details; who was not in the register on that day is left out. */
  async onDays(asked: readonly MemberAndDay[], tx: Tx = this.database.read): Promise<StandingOnDay[]> {
    return readOnDays(tx, asked)
  }

  /** From here to the end of the transaction nobody else writes in the register: for who reads all and writes much. */
  async holdStill(tx: Tx): Promise<void> {
    await lockRegister(tx)
  }

  /** The id of the member with a number, of whatever day, or null. */
  async withNumber(number: number, tx: Tx = this.database.read): Promise<string | null> {
    return (await tx.getRepository(MemberRow).findOneBy({ number }))?.id ?? null
  }

  /** The highest member number that was ever given; numbers are never used again. */
  async lastNumber(tx: Tx = this.database.read): Promise<number> {
    return (await tx.getRepository(MemberRow).maximum('number')) ?? 0
  }
}
