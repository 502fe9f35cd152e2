import type { SessionStore } from '@fastify/session'
import { Inject, Injectable } from '@nestjs/common'
import type { Session } from 'fastify'
import { Clock, CONFIG, type Config, Database, sha256Hex, Visitor } from '#platform'
import { rolesOn } from './store/roles-on.js'

type Done = (error?: unknown) => void

/** A session with who it belongs to; the person is read anew at each request and never stored in it. */
interface SessionOfPerson extends Session {
  person?: Pick<Visitor, 'personId' | 'name' | 'email' | 'roles'>
}

/** The person behind a session as it was read for this request, or null. */
export function visitorOfSession(session: Session, personId: string): Visitor | null {
  const { person } = session as SessionOfPerson
  if (!person || person.personId !== personId) return null
  return new Visitor(person.personId, person.name, person.email, person.roles)
}

/**
 * Sessions in PostgreSQL, so that every process sees them and one can be revoked. Only a hash of
 * the id is kept: who reads the table can't use a session. Session, person and today's roles come
 * in one statement, because every request of a signed-in person waits for them.
 */
@Injectable()
export class PostgresSessionStore implements SessionStore {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  set(id: string, session: Session, done: Done): void {
    const { person: _read, ...kept } = session as SessionOfPerson & { passport?: string }
    void this.database.read
      .query(
        `INSERT INTO sessions (id_hash, person_id, data, expires_at)
         VALUES ($1, $2, $3, now() + make_interval(days => $4))
         ON CONFLICT (id_hash) DO UPDATE SET person_id = excluded.person_id, data = excluded.data`,
        [sha256Hex(id), kept.passport ?? null, JSON.stringify(kept), this.config.sessionDays],
      )
      .then(() => done(), done)
  }

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    void this.database.read
      .query(
        `SELECT s.data, CASE WHEN p.id IS NOT NULL THEN json_build_object(
           'personId', p.id, 'name', p.name, 'email', p.email, 'roles', ${rolesOn('p.id', '$2')}) END AS person
         FROM sessions s LEFT JOIN people p ON p.id = s.person_id
         WHERE s.id_hash = $1 AND s.expires_at > now()`,
        [sha256Hex(id), this.clock.today()],
      )
      .then(([found]: { data: Session; person: SessionOfPerson['person'] | null }[]) => {
        if (!found) return done(null, null)
        done(null, found.person ? ({ ...found.data, person: found.person } as Session) : found.data)
      }, done)
  }

  destroy(id: string, done: Done): void {
    void this.database.read
      .query('DELETE FROM sessions WHERE id_hash = $1', [sha256Hex(id)])
      .then(() => done(), done)
  }
}
