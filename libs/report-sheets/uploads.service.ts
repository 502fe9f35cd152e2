import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type CurrentField, Drafting, draftIsOpen, type Report, type ReportAddress } from '#accountability'
import { RuleViolated } from '#kernel'
import {
  Audit,
  Clock,
  DailyWork,
  Database,
  Ids,
  sha256Bytes,
  type Tx,
  type Upload,
  type Visitor,
  violatedConstraint,
} from '#platform'
import { readSheets, type SheetLimits } from '#sheets'
import { ownerOf, settingOf, subjectOf } from './report-subject.js'
import { MOST_UPLOADS, uploadsEndBefore } from './rules/retention.js'
import {
  countUploads,
  insertUpload,
  readUpload,
  readUploads,
  removeUploads,
  type UploadRecord,
  type UploadSummary,
  uploadOfRequest,
} from './store/upload-records.js'
import { type JudgedFile, judgeFile } from './workbook/judge.js'
import { readReportFile } from './workbook/read-file.js'
import { stampOf } from './workbook/subject.js'
import { Workbooks } from './workbooks.service.js'

/** What a file may be; a large report makes one of 30 kB. */
export const MOST_MEGABYTES = 2
/** Far more than the largest report needs. */
const LIMITS: Partial<SheetLimits> = {
  bytes: MOST_MEGABYTES * 1024 * 1024,
  unpackedBytes: 8 * 1024 * 1024,
  sheets: 20,
  rows: 5_000,
  columns: 60,
  cells: 20_000,
  textLength: 20_000,
  time: 3_000,
  memory: 96,
}
const LATEST = 10

/** An uploaded workbook beside the report as it stands now. */
export interface ShownUpload {
  report: Report
  /** Every field as it stands, with the revision that a choice is made of. */
  fields: ReadonlyMap<string, CurrentField>
  upload: UploadRecord
  /** Null when the report now asks something else than the file was made for, or can't be filled in. */
  judged: JudgedFile | null
}

/** Workbooks of reports that came back filled in: read, kept for a while, compared. */
@Injectable()
export class WorkbookUploads implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(Workbooks) private readonly workbooks: Workbooks,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(DailyWork) private readonly daily: DailyWork,
  ) {}

  onModuleInit(): void {
    this.daily.add('report-uploads', () => this.letGo())
  }

  /**
   * Reads a workbook or list that comes back and keeps what it says; nothing in the draft changes. Safe to repeat: one
   * request key makes one upload.
   * @returns its id
   * @throws RuleViolated `sheet.*`, `reportSheet.*`, `report.quarterNotBegun`; NotFoundException, ForbiddenException
   */
  async upload(
    visitor: Visitor,
    address: ReportAddress,
    { file, requestKey }: { file: Upload; requestKey: string },
  ): Promise<string> {
    const { report, subject } = await this.workbooks.toFillIn(visitor, address)
    const before = await uploadOfRequest(this.database.read, ownerOf(report), requestKey)
    if (before) return before
    const content = readReportFile(await readSheets(file, LIMITS), subject)
    const record = {
      ...ownerOf(report),
      id: this.ids.next(),
      name: file.name,
      bytes: file.content.length,
      sha256: sha256Bytes(file.content),
      template: stampOf(subject).template,
      content,
      requestKey,
      uploadedBy: visitor.personId,
      uploadedAt: this.clock.now(),
    }
    try {
      return await this.database.transaction((tx) => this.keep(tx, record))
    } catch (error) {
      const isTwin = violatedConstraint(error) === 'report_uploads_request'
      const twin = isTwin ? await uploadOfRequest(this.database.read, ownerOf(report), requestKey) : null
      if (twin) return twin
      throw isTwin ? RuleViolated.of('reportSheet.staleForm') : error
    }
  }

  /** What was uploaded for a report of late, the newest first. @throws NotFoundException, ForbiddenException */
  async latest(
    visitor: Visitor,
    address: ReportAddress,
  ): Promise<{ report: Report; uploads: UploadSummary[] }> {
    const { report } = await this.drafting.current(address, visitor)
    return { report, uploads: await readUploads(this.database.read, ownerOf(report), LATEST) }
  }

  /** An upload beside the report as it stands now, or null. @throws NotFoundException, ForbiddenException */
  async find(visitor: Visitor, address: ReportAddress, id: string): Promise<ShownUpload | null> {
    const { report, fields } = await this.drafting.current(address, visitor)
    const upload = await readUpload(this.database.read, ownerOf(report), id)
    if (!upload) return null
    const subject = subjectOf(report, fields)
    const fits = draftIsOpen(report.status) && upload.template === stampOf(subject).template
    const setting = settingOf(report, this.clock.today())
    return { report, fields, upload, judged: fits ? judgeFile(upload.content, subject, setting) : null }
  }

  /** Lets go of old uploads. A repeat finds nothing to do. @returns how many went */
  async letGo(): Promise<number> {
    const before = uploadsEndBefore(this.clock.now())
    return this.database.transaction((tx) => removeUploads(tx, before))
  }

  private async keep(tx: Tx, upload: UploadRecord & { requestKey: string }): Promise<string> {
    const { id, agreementId, quarter, name, sha256, bytes, uploadedBy } = upload
    if ((await countUploads(tx, { agreementId, quarter })) >= MOST_UPLOADS)
      throw RuleViolated.of('reportSheet.tooMany')
    await insertUpload(tx, upload)
    await this.audit.record(tx, {
      actorId: uploadedBy,
      action: 'reportWorkbook.uploaded',
      subject: { kind: 'reportUpload', id },
      details: { agreementId, quarter, name, sha256, bytes },
    })
    return id
  }
}
