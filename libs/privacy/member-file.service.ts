import { Inject, Injectable } from '@nestjs/common'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database, type DossierSection, PersonalData, type Visitor } from '#platform'
import { findErasure, readInvolved } from './store/erasing.store.js'

/** Everything that is on file of one member, for the right of access (AVG art. 15). */
export interface MemberFile {
  member: MemberOnDay
  madeAt: Date
  /** The parts in which something stands. */
  sections: DossierSection[]
  /** When its people were erased, or null. */
  erasedAt: Date | null
}

/** Collects the complete file of a member from every library that holds something of it. */
@Injectable()
export class MemberFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The file of a member as this visitor may see it; null when the member is not known. What was mailed to someone
   * who acts for others too, or holds an office, is only shown to that person.
   */
  async of(visitor: Visitor, memberId: string): Promise<MemberFile | null> {
    const today = this.clock.today()
    const member = await this.members.find(memberId, today)
    if (!member) return null
    const involved = await readInvolved(this.database.read, memberId, today)
    const personIds = involved
      .filter(({ personId, keptFor }) => keptFor.length === 0 || personId === visitor.personId)
      .map(({ personId }) => personId)
    const sections: DossierSection[] = []
    for (const source of this.personalData.sources)
      sections.push(...(await source.fileOf({ memberId, personIds })))
    return {
      member,
      madeAt: this.clock.now(),
      sections: sections.filter(({ rows }) => rows.length > 0),
      erasedAt: (await findErasure(this.database.read, memberId))?.erasedAt ?? null,
    }
  }
}
