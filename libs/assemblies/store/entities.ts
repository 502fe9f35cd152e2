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
import { AssemblyRequestRow } from './assembly-request.entities.js'

@Entity('assemblies')
@Check('assemblies_kind', `kind IN ('ordinary','extraordinary')`)
@Check('assemblies_somewhere', `place <> '' OR online_address IS NOT NULL`)
@Index('assemblies_request_once', ['requestId'], { unique: true, where: 'cancelled_at IS NULL' })
export class AssemblyRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') title!: string
  @Column('text') kind!: 'ordinary' | 'extraordinary'
  /** The day as of which members, delegates and statutes are read. */
  @Column('date', { name: 'held_on' }) heldOn!: string
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
  @Column('text') place!: string
  /** The day of the first convocation; null while the assembly is only planned. */
  @Column('date', { name: 'convened_on', nullable: true }) convenedOn!: string | null
  @Column('text', { name: 'online_address', nullable: true }) onlineAddress!: string | null
  /** Goes up with every change of the agenda, so that two people don't undo each other's order. */
  @Column('integer', { name: 'agenda_version', default: 1 }) agendaVersion!: number
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null
  /** When it goes on after it was adjourned the last time; `heldOn` is the day of that. */
  @Column('timestamptz', { name: 'resumes_at', nullable: true }) resumesAt!: Date | null
  /** From when on the chair allows members to submit motions in the assembly itself. */
  @Column('timestamptz', { name: 'motions_allowed_at', nullable: true }) motionsAllowedAt!: Date | null
  /** The request of members that this assembly answers. */
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null
  @ManyToOne(() => AssemblyRequestRow)
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'assemblies_request' })
  request?: Relation<AssemblyRequestRow>
}

@Entity('motions')
@Unique('motions_position', ['assemblyId', 'position'])
@Check('motions_decision_type', `decision_type IN ('ordinary','statuteChange','distribution')`)
@Check('motions_authorises', `(authorises_kind IS NULL) = (authorises_id IS NULL)`)
@Index('motions_authorises_once', ['authorisesKind', 'authorisesId'], {
  unique: true,
  where: 'authorises_id IS NOT NULL AND withdrawn_at IS NULL AND second_of IS NULL',
})
@Index('motions_second_once', ['secondOf'], {
  unique: true,
  where: 'second_of IS NOT NULL AND withdrawn_at IS NULL',
})
@Check('motions_proposer_organ', `proposer_organ IN ('chair','secretary','director')`)
@Check('motions_proposer', 'num_nonnulls(proposer_member_id, proposer_organ) <= 1')
@Check('motions_withdrawal', '(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)')
export class MotionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'motions_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  /** Null when it was withdrawn before anyone was convened for it. */
  @Column('smallint', { nullable: true }) position!: number | null
  @Column('text') title!: string
  @Column('text') question!: string
  @Column('text') explanation!: string
  @Column('text', { name: 'decision_type' }) decisionType!: DecisionType
  /** What an adopted decision permits (a distribution of the risk margin), in another library. */
  @Column('text', { name: 'authorises_kind', nullable: true }) authorisesKind!: string | null
  @Column('uuid', { name: 'authorises_id', nullable: true }) authorisesId!: string | null
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: string | null
  /** The member that proposes it, or else the office; neither for what the board put on the agenda. */
  @Column('uuid', { name: 'proposer_member_id', nullable: true }) proposerMemberId!: string | null
  @Column('text', { name: 'proposer_organ', nullable: true }) proposerOrgan!:
    | 'chair'
    | 'secretary'
    | 'director'
    | null
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null
  @Column('text', { name: 'withdrawal_reason', nullable: true }) withdrawalReason!: string | null
  /** The motion that failed its quorum and is put to the vote again in a second assembly. */
  @Column('uuid', { name: 'second_of', nullable: true }) secondOf!: string | null
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'second_of', foreignKeyConstraintName: 'motions_second_of' })
  first?: Relation<MotionRow> | null
}
