import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Audit, Clock, Database, Ids, type Visitor } from '#platform'
import { Batches } from './batches.service.js'
import { insertDownload, readDownloads, readFile } from './store/file.store.js'

/** The file of an approved batch, to offer to the bank. */
@Injectable()
export class PaymentFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Batches) private readonly batches: Batches,
  ) {}

  /**
   * The same bytes every time; each time is recorded.
   * @throws NotFoundException while it was not approved twice
   */
  async fetch(visitor: Visitor, name: string): Promise<{ fileName: string; content: string }> {
    return this.database.transaction(async (tx) => {
      const { id } = await this.batches.named(name, tx)
      const found = await readFile(tx, id)
      if (!found) throw new NotFoundException()
      const by = visitor.personId
      await insertDownload(tx, {
        ...{ id: this.ids.next(), batchId: id, downloadedAt: this.clock.now(), downloadedBy: by },
      })
      await this.audit.record(tx, {
        ...{ actorId: by, action: 'paymentBatch.downloaded', subject: { kind: 'paymentBatch', id } },
        details: { name, sha256: found.sha256 },
      })
      return { fileName: `betaalopdracht-${name}.xml`, content: found.file }
    })
  }

  /** Who fetched it, the first one first; with the fingerprint of the file, or null while there is none. */
  async downloads(batchId: string): Promise<{ sha256: string | null; times: { at: Date; name: string }[] }> {
    const file = await readFile(this.database.read, batchId)
    return { sha256: file?.sha256 ?? null, times: await readDownloads(this.database.read, batchId) }
  }
}
