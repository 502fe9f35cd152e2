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
import type { DepartureType, StepType } from '../rules/departure.js'

/** A case: what was asked or decided about a membership, as it was recorded. */
@Entity('departures')
@Unique('departures_request', ['requestKey'])
@Unique('departures_reference', ['reference'])
@Index('departures_member', ['memberId'])
@Check(
  'departures_type',
  `type IN ('resigned','cancelled','dissolved','merged','expelled','suspended','kindSwitch')`,
)
@Check('departures_kind', `(type = 'kindSwitch') = (to_kind IS NOT NULL)`)
@Check('departures_successor', `(type = 'merged') = (successor_member_id IS NOT NULL)`)
@Check('departures_appeal', `(type = 'expelled') = (appeal_until IS NOT NULL)`)
@Check('departures_reason', `type = 'resigned' OR length(trim(reason)) > 0`)
export class DepartureRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') type!: DepartureType
  @Column('text') reference!: string
  @Column('text', { default: '' }) reason!: string
  @Column('date', { name: 'given_on' }) givenOn!: string
  /** When an immediate resignation follows a decision: the day the member heard of it. */
  @Column('date', { name: 'known_on', nullable: true }) knownOn!: string | null
  /** The first day on which it holds; null while that waits for a decision or an appeal. */
  @Column('date', { name: 'takes_effect_on', nullable: true }) takesEffectOn!: string | null
  @Column('date', { name: 'appeal_until', nullable: true }) appealUntil!: string | null
  @Column('text', { name: 'to_kind', nullable: true }) toKind!: 'voting' | 'supporting' | null
  @Column('uuid', { name: 'successor_member_id', nullable: true }) successorMemberId!: string | null
  /** The fact in the member register that came of it, if any. */
  @Column('uuid', { name: 'member_event_id', nullable: true }) memberEventId!: string | null
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('uuid', { name: 'requested_by' }) requestedBy!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

/** What happened to a case afterwards; at most one step closes it. */
@Entity('departure_steps')
@Unique('departure_steps_once', ['departureId', 'type'])
@Index('departure_steps_outcome', ['departureId'], { unique: true, where: `type <> 'appealed'` })
@Check(
  'departure_steps_type',
  `type IN ('appealed','withdrawn','superseded','lifted','lapsed','upheld','overturned','approved','refused')`,
)
@Check('departure_steps_decision', `(type IN ('upheld','overturned')) = (decision_number IS NOT NULL)`)
export class DepartureStepRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'departure_id' }) departureId!: string
  @ManyToOne(() => DepartureRow)
  @JoinColumn({ name: 'departure_id', foreignKeyConstraintName: 'departure_steps_departure_id_fkey' })
  departure?: Relation<DepartureRow>
  @Column('text') type!: StepType
  @Column('text', { default: '' }) note!: string
  /** The number of the ALV's decision in the decision register: `2020-03`. */
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber!: string | null
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

export const departuresEntities = [DepartureRow, DepartureStepRow]
