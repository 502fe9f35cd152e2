import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Tx } from '#platform'
import { standInOffices } from '../rules/stand-in.js'
import type { AssemblyRow } from '../store/entities.js'
import { readStandIns } from '../store/officer.store.js'

/** Who held the chair and kept the record in an assembly: whoever stood in, else who held the office that day. */
@Injectable()
export class RecordedOfficers {
  constructor(@Inject(People) private readonly people: People) {}

  async of({ id, heldOn }: AssemblyRow, tx: Tx) {
    const standIns = await readStandIns(tx, id)
    const named = await this.people.named(
      Object.values(standIns).map(({ personId }) => personId),
      tx,
    )
    const officers: { office: 'chair' | 'secretary'; name: string; standsIn: boolean; reason: string }[] = []
    for (const office of standInOffices) {
      const standIn = standIns[office]
      if (standIn) {
        const name = named.get(standIn.personId)?.name ?? ''
        officers.push({ office, name, standsIn: true, reason: standIn.reason })
        continue
      }
      const [holder] = await this.people.holders(office, heldOn, tx)
      if (holder) officers.push({ office, name: holder.name, standsIn: false, reason: '' })
    }
    return officers
  }
}
