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
import type { Admission } from '../rules/advance.js'
import { AdvanceBallotRow } from './advance-ballot.entity.js'
import { AssemblyRow } from './entities.js'
import { PollRow } from './poll.entities.js'

/** What became of a ballot cast in advance: at the opening of a poll, or when the text changed. */
@Entity('advance_ballot_outcomes')
@Unique('advance_ballot_outcomes_once', ['ballotId', 'pollId'])
@Index('advance_ballot_outcomes_lapse', ['ballotId'], { unique: true, where: `kind = 'lapsed'` })
@Check(
  'advance_ballot_outcomes_kind',
  `kind IN ('admitted','lapsed','notElector','revote','tooEarly','keptOut','twice')`,
)
@Check('advance_ballot_outcomes_of_poll', `kind = 'lapsed' OR poll_id IS NOT NULL`)
export class AdvanceBallotOutcomeRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'ballot_id' }) ballotId!: string
  @ManyToOne(() => AdvanceBallotRow)
  @JoinColumn({ name: 'ballot_id', foreignKeyConstraintName: 'advance_ballot_outcomes_ballot' })
  ballot!: Relation<AdvanceBallotRow>
  @Column('uuid', { name: 'poll_id', nullable: true }) pollId!: string | null
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'advance_ballot_outcomes_poll' })
  poll!: Relation<PollRow> | null
  @Column('text') kind!: Admission
  @Column('timestamptz') at!: Date
}

/** One officer's count of the paper ballots; two that agree in a round make the result. */
@Entity('paper_counts')
@Unique('paper_counts_two_people', ['pollId', 'round', 'personId'])
@Check('paper_counts_side', `side IN ('secretary','second')`)
@Check('paper_counts_office', `office IN ('secretary','chair','director','auditCommittee')`)
@Check('paper_counts_secretary', `(side = 'secretary') = (office = 'secretary')`)
@Check(
  'paper_counts_counts',
  `least(votes_for, votes_against, votes_blank, votes_invalid) >= 0
          AND votes_for + votes_against + votes_blank + votes_invalid <= present`,
)
export class PaperCountRow {
  @PrimaryColumn('uuid', { name: 'poll_id' }) pollId!: string
  @PrimaryColumn('smallint') round!: number
  @PrimaryColumn('text') side!: 'secretary' | 'second'
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'paper_counts_poll' })
  poll!: Relation<PollRow>
  @Column('text') office!: 'secretary' | 'chair' | 'director' | 'auditCommittee'
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('integer', { name: 'votes_for' }) for!: number
  @Column('integer', { name: 'votes_against' }) against!: number
  @Column('integer', { name: 'votes_blank' }) blank!: number
  @Column('integer', { name: 'votes_invalid' }) invalid!: number
  /** Votes present or represented in the hall, without those cast in advance. */
  @Column('integer') present!: number
  @Column('timestamptz', { name: 'counted_at' }) countedAt!: Date
}

/** A scan of the count sheet. */
@Entity('paper_scans')
@Unique('paper_scans_once', ['pollId', 'sha256'])
export class PaperScanRow {
  @PrimaryColumn('uuid', { name: 'poll_id' }) pollId!: string
  @PrimaryColumn('smallint') number!: number
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'poll_id', foreignKeyConstraintName: 'paper_scans_poll' })
  poll!: Relation<PollRow>
  @Column('uuid', { name: 'file_id' }) fileId!: string
  @Column('text') name!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('uuid', { name: 'added_by' }) addedBy!: string
}

/** The assembly was broken off until another moment. */
@Entity('assembly_adjournments')
@Check('assembly_adjournments_reason', 'length(trim(reason)) > 0')
@Check('assembly_adjournments_later', 'resumes_at > adjourned_at')
export class AssemblyAdjournmentRow {
  @PrimaryColumn('uuid', { name: 'assembly_id' }) assemblyId!: string
  @PrimaryColumn('smallint') sequence!: number
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'assembly_adjournments_assembly' })
  assembly!: Relation<AssemblyRow>
  @Column('text') reason!: string
  /** The day on which it was held until then. */
  @Column('date', { name: 'held_on' }) heldOn!: string
  @Column('timestamptz', { name: 'resumes_at' }) resumesAt!: Date
  @Column('timestamptz', { name: 'adjourned_at' }) adjournedAt!: Date
  @Column('uuid', { name: 'adjourned_by' }) adjournedBy!: string
}
