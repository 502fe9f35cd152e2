import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm'
import type { Counts, ImportStep } from '../rules/import-state.js'

@Entity('member_imports')
@Unique('member_imports_reference', ['reference'])
@Unique('member_imports_request', ['requestKey'])
@Check('member_imports_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class MemberImportRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') reference!: string
  @Column('text') name!: string
  @Column('integer') bytes!: number
  @Column('text') sha256!: string
  @Column('date', { name: 'effective_on' }) effectiveOn!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt!: Date
}

@Entity('member_import_steps')
@Index('member_import_steps_import', ['importId'])
@Index('member_import_steps_end', ['importId'], {
  unique: true,
  where: `type IN ('committed','withdrawn')`,
})
@Check('member_import_steps_type', `type IN ('previewed','confirmed','committed','withdrawn')`)
export class MemberImportStepRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'import_id' }) importId!: string
  @ManyToOne(() => MemberImportRow) @JoinColumn({ name: 'import_id' }) import!: Relation<MemberImportRow>
  @Column('text') type!: ImportStep['type']
  @Column('text', { name: 'plan_hash' }) planHash!: string
  @Column('boolean', { default: false }) corrected!: boolean
  @Column('jsonb') counts!: Counts
  /** How many rows change something sensitive. */
  @Column('integer') sensitive!: number
  /** Of a commit with new members: the first of their numbers, which follow each other. */
  @Column('integer', { name: 'first_number', nullable: true }) firstNumber!: number | null
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

@Entity('member_import_contents')
export class MemberImportContentRow {
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string
  @ManyToOne(() => MemberImportRow) @JoinColumn({ name: 'import_id' }) import!: Relation<MemberImportRow>
  /** The file as it came. */
  @Column('bytea') content!: Buffer
  /** Its cells: JSON, compressed. */
  @Column('bytea') sheet!: Buffer
}

@Entity('member_import_plans')
export class MemberImportPlanRow {
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string
  @ManyToOne(() => MemberImportRow) @JoinColumn({ name: 'import_id' }) import!: Relation<MemberImportRow>
  @PrimaryColumn('integer') revision!: number
  @Column('text', { name: 'plan_hash' }) planHash!: string
  @Column('jsonb') corrections!: Record<string, string>
  /** JSON, compressed. */
  @Column('bytea') plan!: Buffer
}

export const memberFilesEntities = [
  MemberImportRow,
  MemberImportStepRow,
  MemberImportContentRow,
  MemberImportPlanRow,
]
