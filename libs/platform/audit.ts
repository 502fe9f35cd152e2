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
    await tx.query(
      `INSERT INTO audit_log (at, actor_id, action, subject_kind, subject_id, details)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        this.clock.now(),
        entry.actorId,
        entry.action,
        entry.subject.kind,
        entry.subject.id,
        JSON.stringify(entry.details ?? {}, (_, value) =>
          typeof value === 'bigint' ? value.toString() : value,
        ),
      ],
    )
  }
}
