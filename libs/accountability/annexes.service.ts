import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type FileRules, Files, type StoredFile } from '#files'
import { RuleViolated } from '#kernel'
import { Clock, Database, sha256Bytes, type Upload, type Visitor } from '#platform'
import { Drafting } from './drafting.service.js'
import { type Report, type ReportAddress, Reports } from './reports.service.js'
import { relationTo } from './rules/access.js'
import type { ReportContent } from './rules/report-content.js'
import { draftIsOpen } from './rules/status.js'
import { addAnnex, removeAnnex } from './store/report-drafts.js'

export const MOST_ANNEXES = 10
export const ANNEX_FILE: FileRules = { kinds: ['pdf', 'jpeg', 'png'], maxBytes: 5_000_000 }

/** Files that belong to a report: beside the draft, and for ever to the versions that name them. */
@Injectable()
export class Annexes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(Files) private readonly files: Files,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The files beside the draft, in the order in which they came. */
  async ofDraft({ record }: Report): Promise<StoredFile[]> {
    const ids = (record?.annexes ?? []).map(({ fileId }) => fileId)
    const about = await this.files.about(ids)
    return ids.map((id) => about.get(id)!)
  }

  /**
   * Adds files to the draft, all or none. A file with the same content is not added twice, so a repeat is harmless.
   * @throws RuleViolated as `Files.keep`, `report.annexMissing`, `report.annexesFull`, `report.draftClosed`
   */
  async add(by: Visitor, address: ReportAddress, uploads: readonly Upload[]): Promise<void> {
    if (uploads.length === 0) throw RuleViolated.of('report.annexMissing', undefined, 'bestanden')
    await this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.drafting.permit(by, found))
      if (!draftIsOpen(report.status)) throw RuleViolated.of('report.draftClosed')
      const ids = report.record.annexes.map(({ fileId }) => fileId)
      const known = new Set([...(await this.files.about(ids, tx)).values()].map(({ sha256 }) => sha256))
      const fresh = uploads.filter(
        ({ content }) => content.length === 0 || known.size < known.add(sha256Bytes(content)).size,
      )
      if (ids.length + fresh.length > MOST_ANNEXES)
        throw RuleViolated.of('report.annexesFull', { most: String(MOST_ANNEXES) }, 'bestanden')
      const added: string[] = []
      for (const upload of fresh) {
        const file = await this.files.keep(tx, upload, ANNEX_FILE, by.personId)
        await addAnnex(tx, report.record.id, file.id, by.personId, this.clock.now())
        added.push(file.name)
      }
      if (added.length > 0) await this.drafting.changed(tx, by, report, { annexesAdded: added })
    })
  }

  /** Takes a file out of the draft; versions that name it keep it. A repeat changes nothing. */
  async remove(by: Visitor, address: ReportAddress, fileId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.drafting.permit(by, found))
      if (!report.record.annexes.some((one) => one.fileId === fileId)) return
      if (!draftIsOpen(report.status)) throw RuleViolated.of('report.draftClosed')
      await removeAnnex(tx, report.record.id, fileId)
      if (!isInVersion(report, fileId)) await this.files.erase(tx, fileId)
      await this.drafting.changed(tx, by, report, { annexRemoved: fileId })
    })
  }

  /**
   * A file of a report, for who may see it: of the draft its own people, of a version everybody who reads it.
   * @throws NotFoundException, ForbiddenException
   */
  async read(visitor: Visitor, report: Report, fileId: string) {
    const inDraft = report.record?.annexes.some((one) => one.fileId === fileId) ?? false
    if (!isInVersion(report, fileId)) {
      if (!inDraft) throw new NotFoundException()
      if (relationTo(visitor, report.agreement.counterparty.id) !== 'own') throw new ForbiddenException()
    }
    const file = await this.files.read(fileId)
    if (!file) throw new NotFoundException()
    return file
  }
}

function isInVersion({ record }: Report, fileId: string): boolean {
  return (record?.versions ?? []).some(({ content }) =>
    (JSON.parse(content) as ReportContent).annexes.some(({ id }) => id === fileId),
  )
}
