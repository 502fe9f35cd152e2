import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import type { DecisionType } from '../rules/poll-rule.js'

@Entity('assemblies')
@Check('assemblies_kind', `kind IN ('ordinary','extraordinary')`)
export class AssemblyRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') title!: string
  @Column('text') kind!: 'ordinary' | 'extraordinary'
  /** The day as of which members, delegates and statutes are read. */
  @Column('date', { name: 'held_on' }) heldOn!: string
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
  @Column('text') place!: string
  @Column('date', { name: 'convened_on' }) convenedOn!: string
}

@Entity('motions')
@Unique('motions_position', ['assemblyId', 'position'])
@Check('motions_decision_type', `decision_type IN ('ordinary','statuteChange','distribution')`)
@Check('motions_authorises', `(authorises_kind IS NULL) = (authorises_id IS NULL)`)
@Index('motions_authorises_once', ['authorisesKind', 'authorisesId'], {
  unique: true,
  where: 'authorises_id IS NOT NULL',
})
export class MotionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'motions_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('smallint') position!: number
  @Column('text') title!: string
  @Column('text') question!: string
  @Column('text') explanation!: string
  @Column('text', { name: 'decision_type' }) decisionType!: DecisionType
  /** What an adopted decision permits (a distribution of the risk margin), in another library. */
  @Column('text', { name: 'authorises_kind', nullable: true }) authorisesKind!: string | null
  @Column('uuid', { name: 'authorises_id', nullable: true }) authorisesId!: string | null
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: string | null
}

@Entity('attendances')
export class AttendanceRow {
  @PrimaryColumn('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'attendances_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('timestamptz', { name: 'checked_in_at' }) checkedInAt!: Date
}
