import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Audit, Clock, Database, type HeldRole, Ids, type Role, type Tx, Visitor } from '#platform'
import { PersonRow } from './store/entities.js'
import { heldOn, rolesOn, WITH_ENDING } from './store/roles-on.js'

/** Someone who holds a role on a day, for a member or district cooperative where the role has one. */
export interface Holder {
  personId: string
  name: string
  email: string
  scopeId: string | null
}

interface NewAssignment {
  personId: string
  role: Role
  scopeId?: string
  from: Day
  by: string | null
}

/** A role that a person holds for a scope from a day, up to but without `until`. */
export interface Assignment extends Holder {
  id: string
  from: Day
  until: Day | null
}

/** A role with its days; `until` is the first on which it no longer holds, null while it runs on. */
export interface HeldSpan {
  id: string
  role: Role
  scopeId: string | null
  from: Day
  until: Day | null
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

  /**
   * The people with these addresses, by address in small letters; who is not known yet is entered, by the name
   * that goes with the address.
   */
  async addressed(tx: Tx, named: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    const given = [...named].map(([address, name]) => ({
      id: this.ids.next(),
      email: address.trim().toLowerCase(),
      name,
    }))
    await tx.query(
      `INSERT INTO people (id, name, email)
       SELECT id, name, email FROM jsonb_to_recordset($1::jsonb) AS given(id uuid, name text, email text)
       ORDER BY email ON CONFLICT (email) DO NOTHING`,
      [JSON.stringify(given)],
    )
    const rows: { id: string; email: string }[] = await tx.query(
      'SELECT id, email FROM people WHERE email = ANY($1::text[])',
      [given.map(({ email }) => email)],
    )
    return new Map(rows.map(({ id, email }) => [email, id]))
  }

  /** The assignments of a role for these scopes that still hold on a day or begin later, by start. */
  async assignments(
    role: Role,
    scopeIds: readonly string[],
    day: Day,
    tx: Tx = this.database.read,
  ): Promise<Assignment[]> {
    return tx.query(
      `SELECT a.id, a.person_id AS "personId", p.name, p.email, a.scope_id AS "scopeId", a.holds_from AS "from",
         e.ends_on AS until
       FROM role_assignments a JOIN people p ON p.id = a.person_id ${WITH_ENDING}
       WHERE a.role = $1 AND a.scope_id = ANY($2::uuid[]) AND (e.ends_on IS NULL OR e.ends_on > greatest($3::date, a.holds_from))
       ORDER BY a.holds_from, a.id`,
      [role, scopeIds, day],
    )
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
  async assign(tx: Tx, assignment: NewAssignment): Promise<string> {
    const [id] = await this.assignAll(tx, [assignment])
    return id!
  }

  /** Gives people roles, in one statement. @returns the ids of the assignments, in order */
  async assignAll(tx: Tx, assignments: readonly NewAssignment[]): Promise<string[]> {
    const rows = assignments.map(({ personId, role, scopeId = null, from, by }) => ({
      id: this.ids.next(),
      personId,
      role,
      scopeId,
      holdsFrom: from,
      recordedBy: by,
    }))
    await tx.query(
      `INSERT INTO role_assignments (id, person_id, role, scope_id, holds_from, recorded_by)
       SELECT id, "personId", role, "scopeId", "holdsFrom", "recordedBy" FROM jsonb_to_recordset($1::jsonb)
         AS given(id uuid, "personId" uuid, role text, "scopeId" uuid, "holdsFrom" date, "recordedBy" uuid)`,
      [JSON.stringify(rows)],
    )
    await this.audit.recordAll(
      tx,
      rows.map(({ personId, role, scopeId, holdsFrom: from, recordedBy: actorId }) => ({
        actorId,
        action: 'role.assigned',
        subject: { kind: 'person', id: personId },
        details: { role, scopeId, from },
      })),
    )
    return rows.map(({ id }) => id)
  }

  /** Every role that a person holds or held, with its days, by start. */
  async heldBy(personId: string, tx: Tx = this.database.read): Promise<HeldSpan[]> {
    return tx.query(
      `SELECT a.id, a.role, a.scope_id AS "scopeId", a.holds_from AS "from", e.ends_on AS until
       FROM role_assignments a ${WITH_ENDING} WHERE a.person_id = $1 ORDER BY a.holds_from, a.id`,
      [personId],
    )
  }

  /** Who gives this person a role, when that depends on the other roles, waits here for the other. */
  async lock(tx: Tx, personId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 6))', [personId])
  }

  /**
   * Ends a role: the day is the first on which it no longer holds; null lets it run on. What was said of its end
   * before no longer counts. A repeat changes nothing.
   */
  async endRole(tx: Tx, assignmentId: string, endsOn: Day | null, by: string | null): Promise<void> {
    await tx.query(
      `INSERT INTO role_endings (assignment_id, ends_on, recorded_by)
       SELECT a.id, $2::date, $3::uuid FROM role_assignments a ${WITH_ENDING}
       WHERE a.id = $1 AND e.ends_on IS DISTINCT FROM $2::date`,
      [assignmentId, endsOn, by],
    )
  }
}
