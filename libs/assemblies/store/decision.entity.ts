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
import { AssemblyRow, MotionRow } from './entities.js'
import { PollRow } from './poll.entities.js'

@Entity('decisions')
@Unique('decisions_number', ['year', 'sequence'])
@Unique('decisions_poll', ['pollId'])
@Unique('decisions_replaces', ['replacesId'])
@Unique('decisions_written', ['writtenDecisionId'])
@Check('decisions_written_type', 'num_nonnulls(written_decision_id, written_decision_type) IN (0, 2)')
@Check(
  'decisions_origin',
  'num_nonnulls(poll_id, motion_id, assembly_id) = CASE WHEN written_decision_id IS NULL THEN 3 ELSE 0 END',
)
@Index('decisions_authorises', ['authorisesKind', 'authorisesId'])
export class DecisionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('smallint') sequence!: number
  /** Poll, motion and assembly; none of them when it was decided without a meeting. */
  @Column('uuid', { name: 'poll_id', nullable: true }) pollId!: string | null
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'decisions_poll_id_fkey' })
  poll!: Relation<PollRow>
  @Column('uuid', { name: 'motion_id', nullable: true }) motionId!: string | null
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'decisions_motion_id_fkey' })
  motion!: Relation<MotionRow>
  @Column('uuid', { name: 'assembly_id', nullable: true }) assemblyId!: string | null
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'decisions_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('text') title!: string
  @Column('text') question!: string
  /** The text that was voted on, with its amendments; null when that is the question alone. */
  @Column('text', { nullable: true }) text!: string | null
  @Column('boolean') adopted!: boolean
  @Column('text', { name: 'authorises_kind', nullable: true }) authorisesKind!: string | null
  @Column('uuid', { name: 'authorises_id', nullable: true }) authorisesId!: string | null
  @Column('date', { name: 'decided_on' }) decidedOn!: string
  /** The decision whose place this one takes, after a re-vote. */
  @Column('uuid', { name: 'replaces_id', nullable: true }) replacesId!: string | null
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  /** What all members answered without a meeting (BW 2:40 lid 2), in another library. */
  @Column('uuid', { name: 'written_decision_id', nullable: true }) writtenDecisionId?: string | null
  @Column('text', { name: 'written_decision_type', nullable: true }) writtenDecisionType?: DecisionType | null
}
