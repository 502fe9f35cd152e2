import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Agreement, Agreements } from '#agreements'
import { type Quarter, RuleViolated } from '#kernel'
import { Clock, Database, Ids, isId, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { mayBringJournal } from './access.js'
import { readJournalFile } from './read-journal-file.js'
import { type JournalFinding, withinYear } from './rules/journal.js'
import type { JournalUploadRow } from './store/journal-entities.js'
import {
  deleteUpload,
  deleteUploadsBefore,
  findUpload,
  insertUpload,
  lockJournals,
  uploaded,
} from './store/journals.store.js'
import { versionInYear } from './wijk-year.js'

const KEPT_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** Files with a wijk's journal, from reading one until it is kept as journal or thrown away. */
@Injectable()
export class JournalUploads {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Reads a file (CSV, XLSX or XAF 3.2) of 1 January through a quarter. With something wrong in it nothing is kept. The
   * same file for the same quarter leads to the same upload.
   * @throws ForbiddenException, NotFoundException; RuleViolated `districtAccounts.quarterNotBegun` and of
   *   {@link readJournalFile}
   */
  async upload(
    visitor: Visitor,
    area: string,
    quarter: Quarter,
    file: Upload,
  ): Promise<{ id: string } | { findings: JournalFinding[] }> {
    const agreement = await this.agreementOf(visitor, area, quarter)
    if (quarter.firstDay() > this.clock.today())
      throw RuleViolated.of('districtAccounts.quarterNotBegun', {}, 'kwartaal')
    const sha256 = sha256Bytes(file.content)
    const where = { agreementId: agreement.id, quarter: quarter.toString(), sha256 }
    const before = await findUpload(this.database.read, where)
    if (before) return { id: before.id }
    const { format, read } = await readJournalFile(file)
    if (read.findings.length > 0) return { findings: read.findings }
    if (withinYear(read.lines, quarter).within.length === 0)
      throw RuleViolated.of('districtAccounts.journalOtherYear', { year: String(quarter.year) }, 'bestand')
    return this.database.transaction(async (tx) => {
      await lockJournals(tx, agreement.id)
      const meanwhile = await findUpload(tx, where)
      if (meanwhile) return { id: meanwhile.id }
      const id = this.ids.next()
      await insertUpload(tx, {
        ...{ id, ...where, format, fileName: file.name, lines: uploaded(read.lines) },
        balanceAccounts: [...read.balanceAccounts],
        ...{ uploadedAt: this.clock.now(), uploadedBy: visitor.personId },
      })
      return { id }
    })
  }

  /** An upload and whose it is. @throws NotFoundException, ForbiddenException */
  async find(
    visitor: Visitor,
    id: string,
    tx: Tx = this.database.read,
  ): Promise<{ upload: JournalUploadRow; agreement: Agreement }> {
    const upload = isId(id) ? await findUpload(tx, { id }) : null
    const agreement = upload && (await this.agreements.all(tx)).find((one) => one.id === upload.agreementId)
    if (!upload || !agreement) throw new NotFoundException()
    if (!mayBringJournal(visitor, agreement)) throw new ForbiddenException()
    return { upload, agreement }
  }

  /** Throws an upload away. A repeat changes nothing. @throws ForbiddenException */
  async discard(visitor: Visitor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!isId(id) || !(await findUpload(tx, { id }))) return
      await this.find(visitor, id, tx)
      await deleteUpload(tx, id)
    })
  }

  /** Uploads that nobody kept go after thirty days. */
  async forgetOld(): Promise<void> {
    const instant = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS)
    await this.database.transaction((tx) => deleteUploadsBefore(tx, instant))
  }

  private async agreementOf(visitor: Visitor, area: string, { year }: Quarter): Promise<Agreement> {
    const agreement = await this.agreements.byArea(area)
    if (agreement?.kind !== 'district' || !versionInYear(agreement, year)) throw new NotFoundException()
    if (!mayBringJournal(visitor, agreement)) throw new ForbiddenException()
    return agreement
  }
}
