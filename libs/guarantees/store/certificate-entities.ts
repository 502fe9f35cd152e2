import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { GuaranteeMeansRow } from './means-entities.js'

const IS_HASH_OF_CONTENT = `content = '' OR sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`

/** A certificate as it was issued: its text (canonical JSON) and hash. An erased one keeps only its hash. */
@Entity('guarantee_certificates')
@Unique('guarantee_certificates_sha256', ['sha256'])
@Unique('guarantee_certificates_code', ['code'])
@Index('guarantee_certificates_member', ['memberId', 'onDay'])
@Check('guarantee_certificates_content', IS_HASH_OF_CONTENT)
export class GuaranteeCertificateRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('char', { length: 16 }) code!: string
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date
  @Column('uuid', { name: 'issued_by', nullable: true }) issuedBy!: string | null
}

/** The statement that a holder got of a year, once. */
@Entity('guarantee_statements')
@Check('guarantee_statements_content', IS_HASH_OF_CONTENT)
export class GuaranteeStatementRow {
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @PrimaryColumn('smallint') year!: number
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  /** Of the last day; null when nothing was left then. */
  @Column('uuid', { name: 'certificate_id', nullable: true }) certificateId!: string | null
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date
}

export const guaranteePapersEntities = [GuaranteeMeansRow, GuaranteeCertificateRow, GuaranteeStatementRow]
