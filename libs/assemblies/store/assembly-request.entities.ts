import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import type { RequestKind } from '../rules/assembly-request.js'

@Entity('assembly_requests')
@Check('assembly_requests_kind', `kind IN ('assembly','item')`)
@Check('assembly_requests_item', `(kind = 'item') = (assembly_id IS NOT NULL)`)
export class AssemblyRequestRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') kind!: RequestKind
  /** The assembly on whose agenda the item is asked. */
  @Column('uuid', { name: 'assembly_id', nullable: true }) assemblyId!: string | null
  @Column('text') subject!: string
  @Column('text') explanation!: string
  @Column('text') asked!: string
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date
  @Column('uuid', { name: 'started_by' }) startedBy!: string
}

@Entity('assembly_request_signatures')
export class AssemblyRequestSignatureRow {
  @PrimaryColumn('uuid', { name: 'request_id', primaryKeyConstraintName: 'assembly_request_signatures_once' })
  requestId!: string
  @PrimaryColumn('uuid', { name: 'member_id', primaryKeyConstraintName: 'assembly_request_signatures_once' })
  memberId!: string
  @ManyToOne(() => AssemblyRequestRow)
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'assembly_request_signatures_request' })
  request!: Relation<AssemblyRequestRow>
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
}

/** A tenth of the votes has signed: from that day on the board has its time. */
@Entity('assembly_request_filings')
export class AssemblyRequestFilingRow {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string
  @ManyToOne(() => AssemblyRequestRow)
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'assembly_request_filings_request' })
  request!: Relation<AssemblyRequestRow>
  @Column('date', { name: 'filed_on' }) filedOn!: string
  @Column('timestamptz', { name: 'filed_at' }) filedAt!: Date
  @Column('integer') votes!: number
  @Column('integer') needed!: number
  @Column('integer') electorate!: number
}
