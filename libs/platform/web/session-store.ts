import type { SessionStore } from '@fastify/session'
import type { Session } from 'fastify'
import type { Database } from '../database/database.js'
import { sha256Hex } from '../ids.js'

type Done = (error?: unknown) => void

/**
 * Sessions in PostgreSQL, so that every process sees them and one can be revoked. Only a hash of
 * the id is kept: who reads the table can't use a session.
 */
export class PostgresSessionStore implements SessionStore {
  constructor(
    private readonly database: Database,
    private readonly days: number,
  ) {}

  set(id: string, session: Session, done: Done): void {
    const personId = (session as { passport?: string }).passport ?? null
    void this.database.read
      .query(
        `INSERT INTO sessions (id_hash, person_id, data, expires_at)
         VALUES ($1, $2, $3, now() + make_interval(days => $4))
         ON CONFLICT (id_hash) DO UPDATE SET person_id = excluded.person_id, data = excluded.data`,
        [sha256Hex(id), personId, JSON.stringify(session), this.days],
      )
      .then(() => done(), done)
  }

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    void this.database.read
      .query('SELECT data FROM sessions WHERE id_hash = $1 AND expires_at > now()', [sha256Hex(id)])
      .then((rows: { data: Session }[]) => done(null, rows[0]?.data ?? null), done)
  }

  destroy(id: string, done: Done): void {
    void this.database.read
      .query('DELETE FROM sessions WHERE id_hash = $1', [sha256Hex(id)])
      .then(() => done(), done)
  }
}
