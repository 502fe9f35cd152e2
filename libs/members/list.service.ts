import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Clock, Database } from '#platform'
import type { MemberOnDay } from './member-on-day.js'
import { addressOf, dayIn, selectionOf, type Wijk } from './pages/list-address.js'
import { MemberReading } from './reading.service.js'
import type { MemberDetails } from './rules/details.js'
import { endOfDay } from './rules/end-of-day.js'
import { readList } from './store/list.store.js'
import { readDetails } from './store/many.store.js'

/** More members than any register has. */
const ALL = 1_000_000

/** The whole of a list, for who downloads it. */
export interface ChosenMembers {
  day: Day
  members: MemberOnDay[]
  /** By member; by what was known then, as the members are. */
  details: Map<string, MemberDetails>
  wijken: Wijk[]
}

/** The list of members as its address says it, without pages. */
@Injectable()
export class MemberList {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MemberReading) private readonly reading: MemberReading,
  ) {}

  /** Everyone whom the list shows for this query of its address (`?per=`, `?wijk=`, `?soort=`, …), in its order. */
  async chosen(query: Record<string, unknown>): Promise<ChosenMembers> {
    const address = addressOf(query)
    const day = dayIn(address.per) ?? this.clock.today()
    const knownOn = dayIn(address.bekend)
    const knownAt = knownOn ? endOfDay(knownOn) : null
    const wijken = await this.reading.wijken()
    const selection = { ...selectionOf(address, wijken), page: 1 }
    return this.database.snapshot(async (tx) => {
      const { members } = await readList(tx, day, knownAt, selection, ALL)
      const ids = members.map(({ id }) => id)
      return { day, members, details: await readDetails(tx, day, ids, knownAt), wijken }
    })
  }
}
