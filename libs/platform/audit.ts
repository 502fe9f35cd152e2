import { Inject, Injectable } from '@nestjs/common'
import { Clock } from './clock.js'
import type { Tx } from './database/database.js'

export interface AuditEntry {
  /** The person who acted; null when the system did (a deadline, a relay). */
  actorId: string | null
  /** A past tense with its subject, e.g. `poll.opened`. */
  action: string
  subject: { kind: string; id: string }
  details?: Record<string, unknown>
}

/** The append-only log: who did what to which record, when. Written in the act's own transaction. */
@Injectable()
export class Audit {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  async record(tx: Tx, entry: AuditEntry): Promise<void> {
    await this.recordAll(tx, [entry])
  }

  /** Many acts in one statement, in this order. */
  async recordAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return
    const rows = entries.map(({ actorId, action, subject, details = {} }) => [
      actorId,
      action,
      subject,
      details,
    ])
    await tx.query(
      `INSERT INTO audit_log (at, actor_id, action, subject_kind, subject_id, details)
       SELECT $1, (row->>0)::uuid, row->>1, row->2->>'kind', row->2->>'id', row->3
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS given(row, place) ORDER BY place`,
      [
        this.clock.now(),
        JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
      ],
    )
  }
}
