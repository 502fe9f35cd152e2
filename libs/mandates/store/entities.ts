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
import type { EndCause, MandateEvent, MandateFunction } from '../rules/mandate.js'

/** A person who is to act for a member, as it was proposed. Who the person is stands with the people. */
@Entity('mandates')
@Unique('mandates_request', ['requestKey'])
@Index('mandates_member', ['memberId'])
@Index('mandates_person', ['personId'])
@Check('mandates_function', `function IN ('delegate','substitute')`)
@Check('mandates_days', 'holds_until > holds_from')
export class MandateRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('text') function!: MandateFunction
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  /** The first day on which it no longer holds. */
  @Column('date', { name: 'holds_until', nullable: true }) holdsUntil!: string | null
  @Column('text', { default: '' }) reason!: string
  /** Made by the form: a second proposal with the same key is a repeat. */
  @Column('uuid', { name: 'request_key', nullable: true }) requestKey!: string | null
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy!: string | null
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
}

/** What happened to a mandate; it is decided once. */
@Entity('mandate_events')
@Index('mandate_events_mandate', ['mandateId'])
@Index('mandate_events_decided_once', ['mandateId'], {
  unique: true,
  where: `type IN ('confirmed','refused','withdrawn')`,
})
@Check('mandate_events_type', `type IN ('confirmed','refused','withdrawn','ended','continued')`)
@Check('mandate_events_cause', `cause IN ('successor','membership','request')`)
@Check('mandate_events_on_day', `(type IN ('confirmed','ended')) = (on_day IS NOT NULL)`)
@Check('mandate_events_ended', `(type = 'ended') = (cause IS NOT NULL)`)
@Check('mandate_events_confirmed', `(type = 'confirmed') = (assignment_id IS NOT NULL)`)
export class MandateEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'mandate_id' }) mandateId!: string
  @ManyToOne(() => MandateRow)
  @JoinColumn({ name: 'mandate_id', foreignKeyConstraintName: 'mandate_events_mandate_id_fkey' })
  mandate?: Relation<MandateRow>
  @Column('text') type!: MandateEvent['type']
  /** Confirmed: the first day on which it holds. Ended: the first on which it no longer does. */
  @Column('date', { name: 'on_day', nullable: true }) onDay!: string | null
  @Column('text', { nullable: true }) cause!: EndCause | null
  /** The role that came of it. */
  @Column('uuid', { name: 'assignment_id', nullable: true }) assignmentId!: string | null
  @Column('text', { default: '' }) reason!: string
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

export const mandatesEntities = [MandateRow, MandateEventRow]
