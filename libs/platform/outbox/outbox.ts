import { Injectable } from '@nestjs/common'
import type { Tx } from '../database/database.js'

/** A message that leaves the database only after the transaction that wrote it is committed. */
export interface OutboxMessage {
  /** Also the id of the job in the queue. */
  id: string
  queue: string
  payload: Record<string, unknown>
}

/** The transactional outbox: acts write here, in their own transaction; the relay does the rest. */
@Injectable()
export class Outbox {
  async write(tx: Tx, messages: readonly OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return
    await tx.query(
      `INSERT INTO outbox_messages (id, queue, payload)
       SELECT m.id, m.queue, m.payload FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, queue text, payload jsonb)`,
      [JSON.stringify(messages)],
    )
  }

  /** The work of a message is done for good: the relay will not offer it again. */
  async markDone(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE outbox_messages SET done_at = now() WHERE id = $1 AND done_at IS NULL', [id])
  }
}

export const NOTICES_QUEUE = 'notices'
