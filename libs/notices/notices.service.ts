import { Inject, Injectable } from '@nestjs/common'
import { Clock, Ids, NOTICES_QUEUE, Outbox, type Tx } from '#platform'

/** A notice to one person, from a template `<library>/<notice>` in that library's `emails` folder. */
export interface NoticeToSend {
  notice: string
  to: { personId: string | null; name: string; email: string }
  /** What the template shows; bigint becomes text. Kept with the notice, so never a secret. */
  model: object
  /** Names the occasion and the person: the same key is written once, whatever is repeated. */
  key: string
}

/** Writes notices to the outbox, in the transaction of the act they tell about. */
@Injectable()
export class Notices {
  constructor(
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  async send(tx: Tx, notices: readonly NoticeToSend[]): Promise<void> {
    if (notices.length === 0) return
    const rows = notices.map(({ notice, to, model, key }) => ({
      id: this.ids.next(),
      template: notice,
      person_id: to.personId,
      to_name: to.name,
      to_address: to.email,
      model,
      key,
      written_at: this.clock.now(),
    }))
    const written: { id: string }[] = await tx.query(
      `WITH written AS (
         INSERT INTO notices (id, template, person_id, to_name, to_address, model, key, written_at)
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, template text, person_id uuid, to_name text,
           to_address text, model jsonb, key text, written_at timestamptz)
         ON CONFLICT ON CONSTRAINT notices_key DO NOTHING RETURNING id)
       SELECT id FROM written`,
      [JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value))],
    )
    const ids = written.map(({ id }) => id)
    await tx.query('INSERT INTO notice_deliveries (notice_id) SELECT unnest($1::uuid[])', [ids])
    await this.outbox.write(
      tx,
      ids.map((id) => ({ id, queue: NOTICES_QUEUE, payload: { noticeId: id } })),
    )
  }
}
