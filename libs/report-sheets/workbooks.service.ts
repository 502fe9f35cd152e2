import { Inject, Injectable } from '@nestjs/common'
import { Drafting, draftIsOpen, type Report, type ReportAddress } from '#accountability'
import { RuleViolated } from '#kernel'
import { Messages, type Visitor } from '#platform'
import { subjectOf } from './report-subject.js'
import { textsOf } from './words.js'
import type { FileSubject } from './workbook/subject.js'
import { writeReportList } from './workbook/write-list.js'
import { writeReportWorkbook } from './workbook/write-workbook.js'

/** Quarterly reports as files to fill in. */
@Injectable()
export class Workbooks {
  constructor(
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /**
   * The workbook of a report as it stands now, or the list for who has no spreadsheet. In Dutch, as the report is.
   * @throws NotFoundException, ForbiddenException, RuleViolated `reportSheet.notOpen`, `report.quarterNotBegun`
   */
  async download(
    visitor: Visitor,
    address: ReportAddress,
    kind: 'xlsx' | 'csv',
  ): Promise<{ name: string; content: Buffer }> {
    const { subject } = await this.toFillIn(visitor, address)
    const text = textsOf(this.messages, 'nl')
    const name = text('file.name', { area: subject.area.slug, quarter: subject.quarter.toString() })
    const content =
      kind === 'xlsx' ? await writeReportWorkbook(subject, text) : writeReportList(subject, text)
    return { name: `${name}.${kind}`, content }
  }

  /**
   * A report that can be filled in now by this person.
   * @throws NotFoundException, ForbiddenException, RuleViolated `reportSheet.notOpen`, `report.quarterNotBegun`
   */
  async toFillIn(
    visitor: Visitor,
    address: ReportAddress,
  ): Promise<{ report: Report; subject: FileSubject }> {
    const { report, fields } = await this.drafting.current(address, visitor)
    this.drafting.permit(visitor, report)
    if (!draftIsOpen(report.status)) throw RuleViolated.of('reportSheet.notOpen')
    return { report, subject: subjectOf(report, fields) }
  }
}
