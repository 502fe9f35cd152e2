import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm'
import type { ConflictOffice } from '../rules/conflict.js'
import type { StandInOffice } from '../rules/stand-in.js'

/** An officer who has an interest of their own in an item of the agenda. */
@Entity('conflicts_of_interest')
@Check('conflicts_of_interest_office', `office IN ('chair','director','secretary','ambassador')`)
@Check('conflicts_of_interest_reason', 'length(trim(reason)) > 0')
export class ConflictOfInterestRow {
  @PrimaryColumn('uuid', { name: 'item_id' }) itemId!: string
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string
  @Column('text') office!: ConflictOffice
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'declared_at' }) declaredAt!: Date
}

/** Who stands in for the chair or the secretary in one assembly; the last row of an office counts. */
@Entity('assembly_officers')
@Check('assembly_officers_office', `office IN ('chair','secretary')`)
@Index('assembly_officers_last', ['assemblyId', 'office', 'sequence'])
export class AssemblyOfficerRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('text') office!: StandInOffice
  /** Null: nobody stands in any more. */
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @Column('text', { default: '' }) reason!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}
