import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Role, type Tx, type Visitor } from '#platform'
import { roomTopic } from '../room/room-topic.js'
import { checkAppointment, type StandInOffice, standInOffices } from '../rules/stand-in.js'
import { lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { insertOfficer, readStandIns } from '../store/officer.store.js'

/** Whom the chair can ask to stand in: people who know the cooperative from within. */
const CANDIDATES: readonly Role[] = ['chair', 'secretary', 'director', 'ambassador', 'delegate']

/** Somebody who can stand in, with the roles of that day. */
export interface Candidate {
  id: string
  name: string
  roles: Role[]
}

/** The deputy chair and the substitute secretary: appointed for one assembly. */
@Injectable()
export class StandIns {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(People) private readonly people: People,
  ) {}

  /** Who stands in now, with name, since when and why. */
  async of(
    assemblyId: string,
  ): Promise<{ office: StandInOffice; name: string; reason: string; since: Date }[]> {
    const standIns = await readStandIns(this.database.read, assemblyId)
    const rows = standInOffices.flatMap((office) => standIns[office] ?? [])
    const names = await this.people.named(rows.map(({ personId }) => personId))
    return rows.map(({ office, personId, reason, recordedAt }) => ({
      ...{ office, reason, since: recordedAt },
      name: names.get(personId)?.name ?? '',
    }))
  }

  /** Who can be asked, by name. */
  async candidates(
    { heldOn }: Pick<AssemblyRow, 'heldOn'>,
    tx: Tx = this.database.read,
  ): Promise<Candidate[]> {
    const found = new Map<string, Candidate>()
    for (const role of CANDIDATES) {
      for (const { personId: id, name } of await this.people.holders(role, heldOn, tx)) {
        const known = found.get(id) ?? { id, name, roles: [] }
        found.set(id, { ...known, roles: [...known.roles, role] })
      }
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'nl'))
  }

  /**
   * Appoints who stands in for an office in this assembly, or (with `personId` null) ends that. Who stood in before
   * does so no more. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated as `checkAppointment`
   */
  async appoint(
    assemblyId: string,
    { office, personId, reason }: { office: StandInOffice; personId: string | null; reason: string },
    by: Visitor,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      const standIns = await readStandIns(tx, assemblyId)
      if ((standIns[office]?.personId ?? null) === personId) return
      if (personId) {
        const person = (await this.candidates(assembly, tx)).find(({ id }) => id === personId) ?? null
        const held = { chair: standIns.chair?.personId, secretary: standIns.secretary?.personId }
        const state = { ended: assembly.endedAt !== null, standIns: held }
        RuleViolated.throwIfAny(checkAppointment(office, state as never, person))
      }
      await insertOfficer(tx, {
        ...{ assemblyId, office, personId, reason: reason.trim() },
        ...{ recordedAt: this.clock.now(), recordedBy: by.personId },
      })
      await this.audit.record(tx, {
        actorId: by.personId,
        action: personId ? 'standIn.appointed' : 'standIn.ended',
        subject: { kind: 'assembly', id: assemblyId },
        details: { office, personId, reason: reason.trim() },
      })
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }
}
