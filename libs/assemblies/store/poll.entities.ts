import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import type { Choice } from '../rules/ballot.js'
import type { PollRule } from '../rules/poll-rule.js'
import type { Tally } from '../rules/verdict.js'
import { AdvanceBallotRow } from './advance-ballot.entity.js'
import { AssemblyRow, MotionRow } from './entities.js'
import { ProxyRow } from './hall.entities.js'

@Entity('polls')
@Index('polls_of_motion', ['motionId'], {
  unique: true,
  where: 'amendment_id IS NULL AND voided_at IS NULL AND replaced_at IS NULL',
})
@Index('polls_of_amendment', ['amendmentId'], {
  unique: true,
  where: 'amendment_id IS NOT NULL AND voided_at IS NULL AND replaced_at IS NULL',
})
@Index('polls_revote_once', ['revoteOf'], { unique: true, where: 'voided_at IS NULL' })
@Check('polls_voided', 'num_nonnulls(voided_at, voided_by, void_reason) IN (0, 3)')
@Index('polls_assembly', ['assemblyId'])
@Index('polls_open', ['id'], { where: 'closed_at IS NULL' })
@Check('polls_electorate_hash', `electorate_hash ~ '^[0-9a-f]{64}$'`)
@Check('polls_method', `method IN ('digital','paper')`)
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
  /** SHA-256 of the frozen electorate (see electorateText); null in polls of before proxies. */
  @Column('char', { length: 64, name: 'electorate_hash', nullable: true }) electorateHash!: string | null
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date
  @Column('uuid', { name: 'opened_by' }) openedBy!: string
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null
  /** The amendment that is voted on; null when it is the motion itself. */
  @Column('uuid', { name: 'amendment_id', nullable: true }) amendmentId!: string | null
  /** The text that is voted on, as it stood when the poll opened; null when that is the question alone. */
  @Column('text', { nullable: true }) text!: string | null
  /** When it ends by itself, if the chair said so. */
  @Column('timestamptz', { name: 'closes_at', nullable: true }) closesAt!: Date | null
  /** Opened by mistake: it stays, counts for nothing, and another can be opened. */
  @Column('timestamptz', { name: 'voided_at', nullable: true }) voidedAt!: Date | null
  @Column('uuid', { name: 'voided_by', nullable: true }) voidedBy!: string | null
  @Column('text', { name: 'void_reason', nullable: true }) voidReason!: string | null
  /** The poll whose result was challenged at once (BW 2:13). */
  @Column('uuid', { name: 'revote_of', nullable: true }) revoteOf!: string | null
  @ManyToOne(() => PollRow)
  @JoinColumn({ name: 'revote_of', foreignKeyConstraintName: 'polls_revote_of' })
  original!: Relation<PollRow> | null
  /** On paper, two officers enter what was counted; there are no ballots but those cast in advance. */
  @Column('text', { default: 'digital' }) method!: 'digital' | 'paper'
  /** When a re-vote took its place. */
  @Column('timestamptz', { name: 'replaced_at', nullable: true }) replacedAt!: Date | null
}

/** One member that may vote, as it stood when the poll opened. */
@Entity('electors')
@Check('electors_weight', 'weight > 0')
@Check('electors_holder', '(holder_id IS NULL) = (proxy_id IS NULL)')
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
  /** The member that votes for this one in this poll, by which proxy. */
  @Column('uuid', { name: 'holder_id', nullable: true }) holderId!: string | null
  @Column('uuid', { name: 'proxy_id', nullable: true }) proxyId!: string | null
  @ManyToOne(() => ProxyRow)
  @JoinColumn({ name: 'proxy_id', foreignKeyConstraintName: 'electors_proxy_id_fkey' })
  proxy!: Relation<ProxyRow> | null
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
  /** The secretary who entered it for a member in the hall; null when it was cast online. */
  @Column('uuid', { name: 'entered_by', nullable: true }) enteredBy!: string | null
  /** The ballot cast in advance that this is; `castAt` is when that was. */
  @Column('uuid', { name: 'advance_id', nullable: true }) advanceId!: string | null
  @ManyToOne(() => AdvanceBallotRow)
  @JoinColumn({ name: 'advance_id', foreignKeyConstraintName: 'ballots_advance' })
  advance?: Relation<AdvanceBallotRow> | null
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
