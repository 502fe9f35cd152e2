import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import type { ReadFile } from '../workbook/reading.js'

@Entity('report_uploads')
@Unique('report_uploads_request', ['requestKey'])
@Index('report_uploads_report', ['agreementId', 'quarter', 'uploadedAt'])
@Index('report_uploads_age', ['uploadedAt'])
@Check('report_uploads_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
@Check('report_uploads_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class ReportUploadRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') quarter!: string
  @Column('text') name!: string
  @Column('integer') bytes!: number
  @Column('text') sha256!: string
  /** The hash of the template that the file was read by. */
  @Column('text') template!: string
  @Column('jsonb') content!: ReadFile
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt!: Date
}

export const reportSheetsEntities = [ReportUploadRow]
