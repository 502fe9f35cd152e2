import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { type JournalPreview, JournalPreviews } from './journal-previews.service.js'
import type { DistrictJournalRow } from './store/journal-entities.js'
import {
  deleteUpload,
  insertJournal,
  lockJournals,
  mappingSha256,
  readJournals,
} from './store/journals.store.js'

/**
 * A wijk's own journal of the subsidy: the books underneath its reports. It is kept and compared; it is not booked,
 * because the reports already are.
 */
@Injectable()
export class Journals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JournalPreviews) private readonly previews: JournalPreviews,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** The journals of a wijk in a year, the one that counts first. */
  async of(agreementId: string, year: number, tx: Tx = this.database.read): Promise<DistrictJournalRow[]> {
    return readJournals(tx, agreementId, year)
  }

  /**
   * Keeps an upload as the journal of the wijk; it takes the place of the one before. When the last one was made of the
   * same file with the same accounts, nothing is added.
   * @returns where it belongs
   * @throws RuleViolated `districtAccounts.accountsUnmapped`, NotFoundException, ForbiddenException
   */
  async keep(visitor: Visitor, uploadId: string): Promise<{ area: string; year: number }> {
    return this.database.transaction(async (tx) => {
      await lockJournals(tx, (await this.previews.of(visitor, uploadId, tx)).agreement.id)
      const preview = await this.previews.of(visitor, uploadId, tx)
      const { agreement, upload, quarter, unmapped } = preview
      if (unmapped.length > 0)
        throw RuleViolated.of('districtAccounts.accountsUnmapped', {
          accounts: unmapped.slice(0, 5).join(', '),
        })
      await deleteUpload(tx, upload.id)
      const [last] = await readJournals(tx, agreement.id, quarter.year)
      const mapped = mappingOf(preview)
      const isSame =
        last?.sha256 === upload.sha256 && last.quarter === upload.quarter && last.mappingSha256 === mapped
      if (!isSame) await this.add(tx, visitor, preview, (last?.number ?? 0) + 1)
      return { area: agreement.areaSlug, year: quarter.year }
    })
  }

  private async add(tx: Tx, { personId }: Visitor, preview: JournalPreview, number: number): Promise<void> {
    const { agreement, upload, quarter, within, outside, mapping } = preview
    const { format, fileName, sha256 } = upload
    const row = {
      ...{ id: this.ids.next(), agreementId: agreement.id, year: quarter.year, quarter: upload.quarter },
      ...{ number, format, fileName, sha256, mappingSha256: mappingOf(preview), leftOut: outside.length },
      ...{ keptAt: this.clock.now(), keptBy: personId },
    }
    await insertJournal(tx, row, within, mapping)
    await this.audit.record(tx, {
      ...{ actorId: personId, action: 'districtAccounts.journalKept' },
      subject: { kind: 'agreement', id: agreement.id },
      details: { quarter: upload.quarter, number, sha256, leftOut: row.leftOut },
    })
  }
}

const mappingOf = ({ accounts, mapping }: JournalPreview) =>
  mappingSha256(
    accounts.map(({ account }) => account),
    mapping,
  )
