import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import { AssemblyRow, MotionRow } from './entities.js'
import { PollRow } from './poll.entities.js'

@Entity('decisions')
@Unique('decisions_number', ['year', 'sequence'])
@Unique('decisions_poll', ['pollId'])
@Index('decisions_authorises', ['authorisesKind', 'authorisesId'])
export class DecisionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('smallint') sequence!: number
  @Column('uuid', { name: 'poll_id' }) pollId!: string
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'decisions_poll_id_fkey' })
  poll!: Relation<PollRow>
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'decisions_motion_id_fkey' })
  motion!: Relation<MotionRow>
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'decisions_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('text') title!: string
  @Column('text') question!: string
  @Column('boolean') adopted!: boolean
  @Column('text', { name: 'authorises_kind', nullable: true }) authorisesKind!: string | null
  @Column('uuid', { name: 'authorises_id', nullable: true }) authorisesId!: string | null
  @Column('date', { name: 'decided_on' }) decidedOn!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}
