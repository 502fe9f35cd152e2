import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Audit, Clock, Database, type HeldRole, Ids, type Role, type Tx, Visitor } from '#platform'
import { PersonRow, RoleAssignmentRow, RoleEndingRow } from './store/entities.js'
import { heldOn, rolesOn } from './store/roles-on.js'

/** Someone who holds a role on a day, for a member or district cooperative where the role has one. */
export interface Holder {
  personId: string
  name: string
  email: string
  scopeId: string | null
}

/** People and the roles they hold, from and until a day. */
@Injectable()
export class People {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** The person behind a session with the roles that hold today; null when there is none. */
  async visitor(personId: string): Promise<Visitor | null> {
    const rows: { name: string; email: string; roles: HeldRole[] }[] = await this.database.read.query(
      `SELECT p.name, p.email, ${rolesOn('p.id', '$2')} AS roles FROM people p WHERE p.id = $1`,
      [personId, this.clock.today()],
    )
    const found = rows[0]
    return found ? new Visitor(personId, found.name, found.email, found.roles) : null
  }

  /** Everyone who holds a role on a day. */
  async holders(role: Role, day: Day, tx: Tx = this.database.read): Promise<Holder[]> {
    return tx.query(
      `SELECT p.id AS "personId", p.name, p.email, held.scope_id AS "scopeId"
       FROM (SELECT a.person_id, a.scope_id ${heldOn('$2')} AND a.role = $1) held
       JOIN people p ON p.id = held.person_id ORDER BY p.email`,
      [role, day],
    )
  }

  /** The names and addresses of people, by id. */
  async named(
    personIds: readonly string[],
    tx: Tx = this.database.read,
  ): Promise<Map<string, { name: string; email: string }>> {
    const rows: { id: string; name: string; email: string }[] = await tx.query(
      'SELECT id, name, email FROM people WHERE id = ANY($1::uuid[])',
      [personIds],
    )
    return new Map(rows.map(({ id, name, email }) => [id, { name, email }]))
  }

  /** The person with this e-mail address (case does not matter), or null. */
  async withAddress(address: string, tx: Tx = this.database.read): Promise<PersonRow | null> {
    return tx.getRepository(PersonRow).findOneBy({ email: address.trim().toLowerCase() })
  }

  /** Enters a person; @throws the `people_email` violation when the address is known already. */
  async add(tx: Tx, person: { name: string; email: string }): Promise<string> {
    const id = this.ids.next()
    await tx
      .getRepository(PersonRow)
      .insert({ id, name: person.name, email: person.email.trim().toLowerCase() })
    return id
  }

  /** Gives a person a role from a day on. */
  async assign(
    tx: Tx,
    assignment: { personId: string; role: Role; scopeId?: string; from: Day; by: string | null },
  ): Promise<string> {
    const id = this.ids.next()
    await tx.getRepository(RoleAssignmentRow).insert({
      id,
      personId: assignment.personId,
      role: assignment.role,
      scopeId: assignment.scopeId ?? null,
      holdsFrom: assignment.from,
      recordedBy: assignment.by,
    })
    await this.audit.record(tx, {
      actorId: assignment.by,
      action: 'role.assigned',
      subject: { kind: 'person', id: assignment.personId },
      details: { role: assignment.role, scopeId: assignment.scopeId ?? null, from: assignment.from },
    })
    return id
  }

  /** Ends a role: the day is the first on which it no longer holds. A repeat changes nothing. */
  async endRole(tx: Tx, assignmentId: string, endsOn: Day, by: string | null): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(RoleEndingRow)
      .values({ assignmentId, endsOn, recordedBy: by })
      .orIgnore()
      .execute()
  }
}
