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
import type { Choice } from '../rules/ballot.js'
import type { PollRule } from '../rules/poll-rule.js'
import type { Tally } from '../rules/verdict.js'
import { AssemblyRow, MotionRow } from './entities.js'

@Entity('polls')
@Unique('polls_motion', ['motionId'])
@Index('polls_assembly', ['assemblyId'])
@Index('polls_open', ['id'], { where: 'closed_at IS NULL' })
@Check('polls_closed', `(closed_at IS NULL) = (closed_by IS NULL)`)
export class PollRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'polls_motion_id_fkey' })
  motion!: Relation<MotionRow>
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'polls_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('jsonb') rule!: PollRule
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date
  @Column('uuid', { name: 'opened_by' }) openedBy!: string
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null
}

/** One member that may vote, as it stood when the poll opened. */
@Entity('electors')
@Check('electors_weight', 'weight > 0')
export class ElectorRow {
  @PrimaryColumn('uuid', { name: 'poll_id' }) pollId!: string
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'electors_poll_id_fkey' })
  poll!: Relation<PollRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('integer', { name: 'member_number' }) memberNumber!: number
  @Column('text', { name: 'member_name' }) memberName!: string
  @Column('integer') weight!: number
  @Column('uuid', { name: 'caster_ids', array: true }) casterIds!: string[]
}

@Entity('ballots')
@Index('ballots_cast_by', ['castBy', 'castAt'])
@Check('ballots_choice', `choice IN ('for','against','blank')`)
export class BallotRow {
  @PrimaryColumn('uuid', { name: 'poll_id', primaryKeyConstraintName: 'ballots_one_per_elector' })
  pollId!: string
  @PrimaryColumn('uuid', { name: 'member_id', primaryKeyConstraintName: 'ballots_one_per_elector' })
  memberId!: string
  @ManyToOne(() => ElectorRow)
  @JoinColumn([
    { name: 'poll_id', referencedColumnName: 'pollId', foreignKeyConstraintName: 'ballots_elector' },
    { name: 'member_id', referencedColumnName: 'memberId', foreignKeyConstraintName: 'ballots_elector' },
  ])
  elector!: Relation<ElectorRow>
  @Column('text') choice!: Choice
  @Column('uuid', { name: 'cast_by' }) castBy!: string
  @Column('timestamptz', { name: 'cast_at' }) castAt!: Date
  @Column('text') reference!: string
}

@Entity('poll_results')
export class PollResultRow {
  @PrimaryColumn('uuid', { name: 'poll_id' }) pollId!: string
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'poll_results_poll_id_fkey' })
  poll!: Relation<PollRow>
  @Column('jsonb') tally!: Tally
  @Column('integer') present!: number
  @Column('integer') electorate!: number
  @Column('integer') base!: number
  @Column('integer') needed!: number
  @Column('boolean', { name: 'quorum_reached' }) quorumReached!: boolean
  @Column('integer', { name: 'quorum_needed', nullable: true }) quorumNeeded!: number | null
  @Column('boolean') adopted!: boolean
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'declared_at' }) declaredAt!: Date
  @Column('uuid', { name: 'declared_by' }) declaredBy!: string
}
