import { Inject, Injectable } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import { People } from '#identity'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import { signingOffices } from './rules/course.js'
import type { MinutesRow } from './store/entities.js'

/** Asks chair and secretary for their signatures. */
@Injectable()
export class MinutesNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async toSign(tx: Tx, { id, assemblyId }: MinutesRow, decision: string): Promise<void> {
    const assembly = (await this.records.assembly(assemblyId, tx))!
    const model = { day: longDay('nl', assembly.heldOn), decision, path: `/alv/${assemblyId}/notulen` }
    for (const office of signingOffices) {
      const holders = await this.people.holders(office, this.clock.today(), tx)
      await this.notices.send(
        tx,
        holders.map(({ personId, name, email }) => ({
          notice: 'minutes/to-sign',
          to: { personId, name, email },
          model,
          key: `minutes-to-sign:${id}:${office}:${personId}`,
        })),
      )
    }
  }
}
